import weather.report
