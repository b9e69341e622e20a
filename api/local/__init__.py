"""What runs beside the product on one machine: PostGIS, Redis, Node, a supervisor. Nothing else is touched."""
