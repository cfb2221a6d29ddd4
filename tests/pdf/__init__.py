"""The PDFs as readers find them."""
