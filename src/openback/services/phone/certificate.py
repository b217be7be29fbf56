"""A certificate that this machine signs for itself, so that phones at home can open the app by https.

It is made once and kept, and made anew before it ends or when the machine has an address or a name
that it does not hold. It can vouch for nothing but this one key: it is no authority.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openback.services.writing import writing

ALWAYS: Final = ("localhost", "127.0.0.1", "::1")
# Browsers refuse certificates that are valid for more than 398 days. It begins a day early, for phones
# whose clock is behind.
EARLY: Final = timedelta(days=1)
VALID: Final = timedelta(days=396)
RENEWED_BEFORE: Final = timedelta(days=30)
_LONGEST_COMMON_NAME: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate in a file, with its key in the same file. The fingerprint is as browsers show it."""

    path: Path
    fingerprint: str


def certificate_for(folder: Path, names: Collection[str], *, now: datetime) -> Certificate:
    """Return the certificate of a folder for names and addresses; make it when none there will do.

    Raises DiskFull or UnwritableFile when it cannot be kept.
    """
    path = folder / "certificate.pem"
    wanted = frozenset({*(name.lower() for name in names), *ALWAYS})
    there = _read(path)
    if there is not None and _will_do(there, wanted, now):
        path.chmod(0o600)
        return _described(there, path)
    key = ec.generate_private_key(ec.SECP256R1())
    made = _signed(key, wanted, now)
    with writing(path) as stream:
        stream.write(_pem(key) + made.public_bytes(serialization.Encoding.PEM).decode())
    return _described(made, path)


def _read(path: Path) -> x509.Certificate | None:
    """Return the certificate of a file, or None when it has none that fits its key."""
    try:
        data = path.read_bytes()
        made = x509.load_pem_x509_certificate(data)
        key = serialization.load_pem_private_key(data, password=None)
    except (OSError, ValueError, TypeError):
        return None
    return made if key.public_key() == made.public_key() else None


def _will_do(there: x509.Certificate, wanted: frozenset[str], now: datetime) -> bool:
    lasts = there.not_valid_before_utc <= now <= there.not_valid_after_utc - RENEWED_BEFORE
    return lasts and wanted <= _names(there)


def _names(made: x509.Certificate) -> frozenset[str]:
    try:
        held = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    addresses = (str(address) for address in held.get_values_for_type(x509.IPAddress))
    return frozenset({*held.get_values_for_type(x509.DNSName), *addresses})


def _signed(key: ec.EllipticCurvePrivateKey, names: frozenset[str], now: datetime) -> x509.Certificate:
    public = key.public_key()
    known = next((name for name in sorted(names) if name.endswith(".local")), "this machine")
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"Openback on {known}"[:_LONGEST_COMMON_NAME])]
    )
    usage = dict.fromkeys(
        (
            *("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
            *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLY)
        .not_valid_after(now - EARLY + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False
        )
        .sign(key, hashes.SHA256())
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _described(made: x509.Certificate, path: Path) -> Certificate:
    return Certificate(path=path, fingerprint=made.fingerprint(hashes.SHA256()).hex(":").upper())
