import railway.berth
import railway.booking.ticket
