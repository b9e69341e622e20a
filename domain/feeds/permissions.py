"""What may be done to files."""

from domain.shared.permissions import Permission

RELEASE_FEEDS = Permission("feeds.release", zh="确认留待的数据文件", en="decide on held files")

DESCRIBE_FEEDS = Permission("feeds.describe", zh="维护数据源的适配说明", en="describe files of feeds")

FEEDS = (RELEASE_FEEDS, DESCRIBE_FEEDS)
