"""Travel times between cities without any service: the user's own table, a timetable, or a model of rail, air and road from coordinates."""
