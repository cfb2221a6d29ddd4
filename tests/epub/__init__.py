"""The EPUBs, and what checkers say of them."""
