import tea-stall
