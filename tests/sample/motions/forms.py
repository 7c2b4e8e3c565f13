from django import forms

from yizheng.core.forms import StepForm

from .enums import Vote


class VoteForm(StepForm):
    vote = forms.ChoiceField(label="Your vote", choices=Vote, widget=forms.RadioSelect)


class ReasonForm(StepForm):
    note = forms.CharField(label="Why", max_length=200)
