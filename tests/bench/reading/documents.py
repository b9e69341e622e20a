"""Documents of the benchmark, by id: what a partner would register."""

LIST = """
query BenchList($after: String) {
  customers(first: 50, after: $after, orderBy: [{ by: ATTRITION_SCORE, descending: true }]) {
    edges {
      node {
        id name kind tier status depositFen loanFen attritionScore attritionBand lastVisitOn
        grid { id name }
        owner { id name }
        deposits { product balanceFen }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
WIDE = """
query BenchWide($after: String) {
  customers(first: 500, after: $after) {
    edges {
      node { id name kind tier status phone address industry depositFen loanFen lineFen attritionScore }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
DOCUMENTS = {"bench-list": LIST, "bench-wide": WIDE}
