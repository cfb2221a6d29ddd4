import railway.berth
import railway.fare
