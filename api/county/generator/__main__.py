"""`python -m api.county.generator --customers N --seed S --as-of D --landing DIR --truth DIR`."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from api.county.generator.write import write_feeds
from domain.shared.calendar import data_date_at


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m api.county.generator", description="生成演示银行的夜间文件与真值"
    )
    parser.add_argument("--customers", type=int, default=60_000, help="客户数,1,000 至 1,000,000")
    parser.add_argument("--seed", type=int, default=1, help="随机种子:同一种子得到同样的文件")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=None, help="数据日期,缺省为上海时区的昨天"
    )
    parser.add_argument("--landing", type=Path, required=True, help="落地目录")
    parser.add_argument("--truth", type=Path, required=True, help="真值目录(产品从不读取)")
    given = parser.parse_args()
    if not 1_000 <= given.customers <= 1_000_000:
        parser.error(
            f"客户数 {given.customers} 不在 1,000 至 1,000,000 之间;没有写任何文件,请改用此范围内的数。"
        )
    as_of = given.as_of or data_date_at(datetime.now(UTC))

    def report(fraction: float, message: str | None = None) -> None:
        sys.stderr.write(f"\r{fraction:4.0%} {message or ''}")

    write_feeds(
        given.landing, given.truth, customers=given.customers, seed=given.seed, as_of=as_of, report=report
    )
    sys.stderr.write("\n")


if __name__ == "__main__":
    main()
