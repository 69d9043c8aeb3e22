"""The foundation. Importing the Celery application here gives the doorbell (fund.core.ringing) its broker in every process."""

from fund.celery import app as celery_app

__all__ = ["celery_app"]
