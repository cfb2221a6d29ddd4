print("Asha's own os")
