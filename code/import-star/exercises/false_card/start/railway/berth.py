KINDS = ["lower", "middle", "upper"]
