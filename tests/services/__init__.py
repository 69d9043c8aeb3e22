"""The servers a test run starts for itself: PostgreSQL, Valkey, SMTP, Celery, a browser. Existing ones only when named."""
