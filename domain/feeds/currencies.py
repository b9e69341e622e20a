"""Currencies as systems write them, brought to the letters of ISO 4217; what is written otherwise is not known.

An amount is of the currency beside it. Yuan are added up; others are kept apart, currency by currency.
"""

import json

YUAN = "CNY"

_ISO = """
    AED784 AFN971 ALL008 AMD051 ANG532 AOA973 ARS032 AUD036 AWG533 AZN944 BAM977 BBD052 BDT050 BGN975 BHD048
    BIF108 BMD060 BND096 BOB068 BRL986 BSD044 BTN064 BWP072 BYN933 BZD084 CAD124 CDF976 CHF756 CLP152 CNY156
    COP170 CRC188 CUC931 CUP192 CVE132 CZK203 DJF262 DKK208 DOP214 DZD012 EGP818 ERN232 ETB230 EUR978 FJD242
    FKP238 GBP826 GEL981 GHS936 GIP292 GMD270 GNF324 GTQ320 GYD328 HKD344 HNL340 HRK191 HTG332 HUF348 IDR360
    ILS376 INR356 IQD368 IRR364 ISK352 JMD388 JOD400 JPY392 KES404 KGS417 KHR116 KMF174 KPW408 KRW410 KWD414
    KYD136 KZT398 LAK418 LBP422 LKR144 LRD430 LSL426 LYD434 MAD504 MDL498 MGA969 MKD807 MMK104 MNT496 MOP446
    MRU929 MUR480 MVR462 MWK454 MXN484 MYR458 MZN943 NAD516 NGN566 NIO558 NOK578 NPR524 NZD554 OMR512 PAB590
    PEN604 PGK598 PHP608 PKR586 PLN985 PYG600 QAR634 RON946 RSD941 RUB643 RWF646 SAR682 SBD090 SCR690 SDG938
    SEK752 SGD702 SHP654 SLE925 SLL694 SOS706 SRD968 SSP728 STN930 SVC222 SYP760 SZL748 THB764 TJS972 TMT934
    TND788 TOP776 TRY949 TTD780 TWD901 TZS834 UAH980 UGX800 USD840 UYU858 UZS860 VED926 VES928 VND704 VUV548
    WST882 XAF950 XAG961 XAU959 XCD951 XOF952 XPF953 YER886 ZAR710 ZMW967 ZWL932
"""
"""Letters and digits of ISO 4217, without funds, metals but gold and silver, and codes for tests."""

# The two digits of older cores (币种代码), and words.
_CUSTOMARY = {
    "CNY": ("RMB", "CNH", "01", "人民币", "人民币元", "元"),
    "GBP": ("12", "英镑"),
    "HKD": ("13", "港币", "港元"),
    "USD": ("14", "美元"),
    "CHF": ("15", "瑞士法郎", "瑞郎"),
    "SGD": ("18", "新加坡元", "新币"),
    "JPY": ("27", "日元", "日圆"),
    "CAD": ("28", "加拿大元", "加元"),
    "AUD": ("29", "澳大利亚元", "澳元"),
    "EUR": ("38", "欧元"),
    "MOP": ("81", "澳门元"),
    "KRW": ("韩元", "韩币"),
    "TWD": ("新台币",),
    "RUB": ("卢布",),
    "THB": ("泰铢",),
}
SPELLINGS: dict[str, str] = {
    **{code[part]: code[:3] for code in _ISO.split() for part in (slice(3), slice(3, 6))},
    **{written: letters for letters, ways in _CUSTOMARY.items() for written in ways},
}
"""Half-width and upper case, as it may be written → letters."""

_AS_JSON = "{{" + json.dumps(SPELLINGS, ensure_ascii=False)[1:-1] + "}}"
LETTERS_SQL = f"""case when {{0}} = '{YUAN}' then '{YUAN}'
 else cast('{_AS_JSON}' as jsonb) ->> upper(btrim(normalize({{0}}, NFKC))) end"""
"""Of a text `{0}`, as a format: its letters, null where they are not known."""

IN_YUAN = f"(currency is null or currency = '{YUAN}')"
"""Of a row of a snapshot with a currency: nothing beside an amount means yuan."""
