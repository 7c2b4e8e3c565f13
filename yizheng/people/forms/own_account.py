"""Forms of one's own account: signing in, password and second factor, settings."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.utils.translation import gettext_lazy as _

from yizheng.core.fields import MobileField

from .. import passwords
from ..models import Account

LENGTH = _(
    "At least 10 characters, not only digits, not your name or a common password, and none "
    "of your last three."
)


def _relabel(form: forms.BaseForm, **labels: Any) -> None:
    """Our words for the library's fields; labels say it, placeholders are not needed."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].help_text = ""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, login=_("Account or phone number"), password=_("Password"))
        self.fields["login"].widget.attrs.update(autofocus=True, autocapitalize="none")


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(
            self,
            oldpassword=_("Present password"),
            password1=_("New password"),
            password2=_("New password once more"),
        )
        self.fields["password1"].help_text = LENGTH

    def save(self) -> None:
        passwords.replace(self.user, self.cleaned_data["password1"], must_change=False)


class PasswordAgainForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, password=_("Password"))


class _GuessLimit(second_factor.BaseAuthenticateForm):
    """A wrong code counts like a wrong password: codes of six digits could be guessed otherwise."""

    user: Account

    def clean_code(self) -> str:
        request, name = context.request, {"username": self.user.username}
        if settings.AXES_ENABLED and not AxesProxyHandler.is_allowed(request, name):
            request.axes_locked_out = True
            clear_login(request)
            raise forms.ValidationError(_("Too many wrong codes."))
        try:
            code: str = super().clean_code()
        except forms.ValidationError:
            user_login_failed.send(__name__, credentials={**name, "code": ""}, request=request)
            raise
        return code


class CodeForm(_GuessLimit, second_factor.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, code=_("Code"))
        self.fields["code"].help_text = _(
            "Six digits from your authenticator, or one of your recovery codes."
        )
        self.fields["code"].widget.attrs.update(autofocus=True, inputmode="numeric")


class CodeAgainForm(_GuessLimit, second_factor.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, code=_("Code"))


class SetUpForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, code=_("Code"))
        self.fields["code"].help_text = _("The six digits that the authenticator shows now.")
        self.fields["code"].widget.attrs.update(inputmode="numeric")


class SettingsForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    elder_mode = forms.BooleanField(
        label=_("Large type, one task a screen"),
        required=False,
        help_text=_("For whoever reads more easily in large letters."),
    )
    phone = MobileField(
        label=_("Phone for signing in"),
        max_length=20,
        help_text=_("A mobile number of eleven digits; empty if you sign in by name only."),
    )
