// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/nationalids.h"

#include "trace/textboundary.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cstring>

namespace NationalIds {

using namespace TextBoundary;

namespace {

int digit(char c)
{
    return c - '0';
}

int number(QByteArrayView digits)
{
    int value = 0;
    for (const char c : digits)
        value = value * 10 + digit(c);
    return value;
}

bool isAllSame(QByteArrayView id)
{
    return std::all_of(id.begin(), id.end(), [&](char c) { return c == id.front(); });
}

/// Never issued: areas 000, 666 and 9xx, group 00, serial 0000 (ssa.gov/employer/randomization.html).
bool isSocialSecurityNumber(QByteArrayView id)
{
    const int area = number(id.first(3));
    return area != 0 && area != 666 && area < 900 && number(id.sliced(3, 2)) != 0
        && number(id.sliced(5)) != 0;
}

/// Not 0 first; of the first ten digits one occurs two or three times, no other twice; ISO 7064 MOD 11,10
/// (Bundeszentralamt fuer Steuern, "Pruefung der Steuer-Identifikationsnummer").
bool isGermanTaxId(QByteArrayView id)
{
    std::array<int, 10> counts{};
    int product = 10;
    for (const char c : id.first(10)) {
        ++counts[std::size_t(digit(c))];
        const int sum = (digit(c) + product) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    const auto repeated = std::count_if(counts.begin(), counts.end(), [](int n) { return n > 1; });
    const bool hasFour = std::any_of(counts.begin(), counts.end(), [](int n) { return n > 3; });
    return id[0] != '0' && repeated == 1 && !hasFour && (11 - product) % 10 == digit(id[10]);
}

/// 97 less the number modulo 97; Corsica counts as departments 19 and 18 (INSEE, "Numero de securite
/// sociale").
bool isFrenchNir(QByteArrayView id)
{
    const int month = number(id.sliced(3, 2));
    const bool isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    if (!std::strchr("123478", id[0]) || !isMonth || id[5] > '9')
        return false;
    int remainder = 0;
    for (qsizetype i = 0; i < 13; ++i) {
        int value = 0;
        if (i == 6 && !isDigit(id[6]))
            value = id[6] == 'A' ? 9 : 8; // 2A is 19, 2B is 18
        else if (i == 5 && !isDigit(id[6]))
            value = 1;
        else
            value = digit(id[i]);
        remainder = (remainder * 10 + value) % 97;
    }
    if (!isDigit(id[6]) && id[5] != '2')
        return false;
    return 97 - remainder == number(id.sliced(13, 2));
}

/// The number modulo 23 chooses the letter; X, Y, Z count as 0, 1, 2 (Ministerio del Interior, "Calculo del
/// digito de control del NIF/NIE").
bool isSpanishId(QByteArrayView id)
{
    static constexpr char letters[] = "TRWAGMYFPDXBNJZSQVHLCKE";
    const bool isForeigner = isLetter(id[0]);
    if (isForeigner && (id[0] < 'X' || id[0] > 'Z'))
        return false;
    const int value
        = isForeigner ? (id[0] - 'X') * 10'000'000 + number(id.sliced(1, 7)) : number(id.first(8));
    return letters[value % 23] == id[8];
}

/// The sum of the characters' values, others at odd places, modulo 26 (Decreto ministeriale 23 dicembre
/// 1976).
bool isItalianFiscalCode(QByteArrayView id)
{
    static constexpr std::array odd{
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    if (!std::strchr("ABCDEHLMPRST", id[8]))
        return false;
    int sum = 0;
    for (qsizetype i = 0; i < 15; ++i) {
        const int value = isDigit(id[i]) ? digit(id[i]) : id[i] - 'A';
        sum += i % 2 == 0 ? odd[std::size_t(value)] : value;
    }
    return 'A' + sum % 26 == id[15];
}

/// gov.uk, NIM39110 "Format and security: what a NINO looks like".
bool isNationalInsurance(QByteArrayView id)
{
    static constexpr std::array unused{"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    const QByteArrayView prefix = id.first(2);
    return !std::strchr("DFIQUV", id[0]) && !std::strchr("DFIOQUV", id[1]) && id[8] <= 'D'
        && std::none_of(unused.begin(), unused.end(), [&](const char* word) { return prefix == word; });
}

/// Two digits, each 11 less a weighted sum modulo 11 (Receita Federal).
bool isBrazilianCpf(QByteArrayView id)
{
    if (isAllSame(id))
        return false;
    for (const qsizetype checked : {9, 10}) {
        int sum = 0;
        for (qsizetype i = 0; i < checked; ++i)
            sum += digit(id[i]) * int(checked + 1 - i);
        if (sum * 10 % 11 % 10 != digit(id[checked]))
            return false;
    }
    return true;
}

/// GB 11643-1999: date of birth at 6, ISO 7064 MOD 11-2.
bool isChineseId(QByteArrayView id)
{
    const int year = number(id.sliced(6, 4));
    const int month = number(id.sliced(10, 2));
    const int day = number(id.sliced(12, 2));
    if (id[0] == '0' || year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int sum = 0;
    for (const char c : id.first(17))
        sum = (sum + digit(c)) * 2 % 11;
    const int check = (12 - sum) % 11;
    return id[17] == (check == 10 ? 'X' : char('0' + check));
}

struct Form
{
    const char* shape; // d: digit, A: capital, s: digit, A or B, x: digit or X; everything else is itself
    bool (*isValid)(QByteArrayView id);
};

constexpr std::array forms{
    Form{"ddd-dd-dddd", isSocialSecurityNumber},
    Form{"ddd dd dddd", isSocialSecurityNumber},
    Form{"ddddddddddd", isGermanTaxId},
    Form{"dd ddd ddd ddd", isGermanTaxId},
    Form{"dddddds"
         "dddddddd",
        isFrenchNir},
    Form{"d dd dd ds ddd ddd dd", isFrenchNir},
    Form{"ddddddddA", isSpanishId},
    Form{"dddddddd-A", isSpanishId},
    Form{"AdddddddA", isSpanishId},
    Form{"A-ddddddd-A", isSpanishId},
    Form{"AAAAAAddAddAdddA", isItalianFiscalCode},
    Form{"AAddddddA", isNationalInsurance},
    Form{"AA dd dd dd A", isNationalInsurance},
    Form{"ddddddddddd", isBrazilianCpf},
    Form{"ddd.ddd.ddd-dd", isBrazilianCpf},
    Form{"dddddddddddddddddx", isChineseId},
};

constexpr qsizetype maxSymbols = 18;

bool isShape(char shape, char c)
{
    switch (shape) {
    case 'd':
        return isDigit(c);
    case 'A':
        return isUpper(c);
    case 's':
        return isDigit(c) || c == 'A' || c == 'B';
    case 'x':
        return isDigit(c) || c == 'X';
    default:
        return c == shape;
    }
}

qsizetype endOfForm(QByteArrayView text, qsizetype at, const Form& form)
{
    std::array<char, maxSymbols> symbols{};
    qsizetype count = 0;
    qsizetype i = at;
    for (const char* shape = form.shape; *shape != '\0'; ++shape, ++i) {
        const char c = charAt(text, i);
        if (!isShape(*shape, c))
            return -1;
        if (isWord(c))
            symbols[std::size_t(count++)] = c;
    }
    const char after = charAt(text, i);
    const bool goesOn = isWord(after) || ((after == '-' || after == '.') && isWord(charAt(text, i + 1)));
    return !goesOn && form.isValid(QByteArrayView(symbols.data(), count)) ? i : -1;
}

} // namespace

qsizetype endOf(QByteArrayView text, qsizetype at)
{
    const char before = charAt(text, at - 1);
    if (before == '-' || before == '.')
        return -1; // inside of an id or a number
    for (const Form& form : forms) {
        if (const qsizetype end = endOfForm(text, at, form); end >= 0)
            return end;
    }
    return -1;
}

} // namespace NationalIds
