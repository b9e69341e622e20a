"""What may be done to files."""

from domain.shared.permissions import Permission

RELEASE_FEEDS = Permission("feeds.release", zh="确认留待的数据文件", en="decide on held files")

FEEDS = (RELEASE_FEEDS,)
