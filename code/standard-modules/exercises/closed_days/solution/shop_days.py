CLOSED = "Sunday"
