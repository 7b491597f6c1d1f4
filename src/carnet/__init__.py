"""Carnet: a self-hosted CRM that speaks three published APIs over one core."""

__version__ = "0.1.0"
