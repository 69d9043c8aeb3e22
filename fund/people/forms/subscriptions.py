"""Input of "tell me when it opens": an address, or nothing where we know it."""

from django import forms

from fund.core.forms import OnceForm

from .sign_in import ADDRESS, CountsLetters


class SubscribeForm(CountsLetters, OnceForm):
    """It ends in a letter to the address typed, so it is counted with the letters of signing in."""

    email = forms.EmailField(label=ADDRESS, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class SubscribeSignedInForm(OnceForm):
    """One press."""
