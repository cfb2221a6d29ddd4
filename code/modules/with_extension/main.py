import tea.py
