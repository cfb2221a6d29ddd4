print("this is Asha's calendar")
