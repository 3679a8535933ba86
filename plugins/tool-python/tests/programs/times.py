#% dates
from datetime import date, timedelta
d = date(2024, 2, 28)
print(d + timedelta(days=2), (date(2024, 12, 25) - d).days, d.weekday(), d.isocalendar(), d.strftime("%d %B %Y, %A"), d.replace(year=2023))
#% date-and-time
from datetime import datetime, timedelta
t = datetime(2023, 12, 31, 23, 59, 30)
print(t + timedelta(seconds=45), t.isoformat(), repr(t), (t - datetime(2023, 1, 1)).total_seconds(), t.date(), t.time())
#% parsing
from datetime import date, datetime, time
print(datetime.strptime("17/05/2024 08:30", "%d/%m/%Y %H:%M"), date.fromisoformat("2024-05-17"), time(7, 5).strftime("%I:%M %p"))
try:
    datetime.strptime("2024-13-01", "%Y-%m-%d")
except ValueError:
    print("no such month")
#% zones
from datetime import datetime, timedelta, timezone
cet = timezone(timedelta(hours=1), "CET")
t = datetime(2024, 1, 1, 12, tzinfo=cet)
print(t, t.astimezone(timezone.utc), t.tzname(), t.timestamp(), datetime.fromtimestamp(0, timezone.utc))
#% spans
from datetime import timedelta
s = timedelta(hours=25, minutes=61)
print(s, s.days, s.seconds, s * 2, s / timedelta(minutes=1), -timedelta(1), str(timedelta(milliseconds=1500)))
#% impossible-dates
from datetime import date
try:
    date(2023, 2, 29)
except ValueError:
    print("no such day")
print(date.max.year, date.min, date(1, 1, 1).toordinal())
#% calendars
import calendar
print(calendar.isleap(2000), calendar.monthrange(2024, 2)[1], calendar.day_name[0])
print(calendar.month(2024, 5))
#% fridays-the-13th
from datetime import date
print([m for m in range(1, 13) if date(2026, m, 13).weekday() == 4])
#% age
from datetime import date
def age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
print(age(date(1990, 6, 15), date(2024, 6, 14)), age(date(1990, 6, 15), date(2024, 6, 15)))
#% time-goes-on
import time
from datetime import datetime
a = time.time()
time.sleep(0.01)
b = time.time()
print(b - a >= 0.01, time.monotonic() <= time.monotonic(), datetime.now() <= datetime.now(), time.perf_counter_ns() > 0)
#% time-structures
import time
from datetime import datetime
print(time.gmtime(0)[:6], time.strftime("%Y-%m-%d", time.gmtime(86400)), datetime(2024, 3, 10).timetuple().tm_yday)
