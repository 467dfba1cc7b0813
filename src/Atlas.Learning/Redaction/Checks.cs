using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Atlas.Learning.Redaction;

/// <summary>The checks that confirm whether a number or a token is what it looks like.</summary>
internal static class Checks
{
    /// <summary>A card number: an issuer's prefix and length, and Luhn's checksum (ISO/IEC 7812).</summary>
    public static bool IsCard(string text)
    {
        var digits = Digits(text);
        return HasIssuer(digits) && digits.Distinct().Skip(1).Any() && Luhn(digits);
    }

    /// <summary>A bank account by ISO 13616: letters become numbers, the first four characters go to the end, modulo 97 leaves 1.</summary>
    public static bool IsIban(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal);
        var rest = 0;
        foreach (var sign in plain[4..] + plain[..4])
        {
            var value = char.IsAsciiDigit(sign) ? sign - '0' : char.ToUpperInvariant(sign) - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }

    /// <summary>A telephone number has from 8 to 15 digits (E.164 has 15 at most).</summary>
    public static bool IsPhone(string text) => Digits(text).Length is >= 8 and <= 15;

    /// <summary>A JSON Web Token's first part is an object that names an algorithm.</summary>
    public static bool IsJwt(string text)
    {
        try
        {
            var header = Base64Url.DecodeFromChars(text.AsSpan(0, text.IndexOf('.', StringComparison.Ordinal)));
            return JsonElement.Parse(header) is { ValueKind: JsonValueKind.Object } read && read.TryGetProperty("alg", out _);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Name and password of HTTP's basic authentication: base64 of two texts with a colon between them.</summary>
    public static bool IsBasicCredential(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && Encoding.Latin1.GetString(bytes, 0, length) is var read
            && read.IndexOf(':', StringComparison.Ordinal) > 0
            && !read.Any(char.IsControl);
    }

    /// <summary>Text after <c>password:</c> is likely a password if it is more than a word: letters with a digit or a sign.</summary>
    public static bool IsLikelyPassword(string text) =>
        text.Any(char.IsLetter) && text.Any(sign => !char.IsLetter(sign)) && text.TrimEnd('.', '!', '?', ')').Any(sign => !char.IsLetter(sign) && sign is not ('-' or '\''))
        && text[0] is not ('$' or '<' or '{' or '%' or '[') && !text.Contains("...", StringComparison.Ordinal);

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    private static bool HasIssuer(string digits)
    {
        var two = int.Parse(digits.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture);
        var four = int.Parse(digits.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        return digits.Length switch
        {
            13 or 19 when digits[0] == '4' => true,
            14 => four is >= 3000 and <= 3059 or >= 3600 and <= 3699 or >= 3800 and <= 3999,
            15 => two is 34 or 37,
            16 => digits[0] == '4' || two is >= 51 and <= 55 or 62 or 65 || four is >= 2221 and <= 2720 or 6011 or >= 6440 and <= 6499 or >= 3528 and <= 3589,
            >= 17 and <= 19 => two is 62,
            _ => false,
        };
    }

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            var digit = digits[at] - '0';
            var value = (digits.Length - 1 - at) % 2 == 0 ? digit : digit * 2;
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }
}
