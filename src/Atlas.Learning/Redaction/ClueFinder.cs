using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Atlas.Learning.Redaction;

/// <summary>Looks for clues in a text. Most texts have none and need no further search.</summary>
internal static class ClueFinder
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["private key", "bearer", "basic", "sig=", "aws", "eyj", "hooks.slack", "accountkey=", "sharedaccesskey="], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Names = SearchValues.Create(
        [
            "password", "passwd", "passphrase", "pwd", "secret", "apikey", "api_key", "api-key", "accesstoken", "access_token", "access-token", "authtoken", "auth_token",
            "auth-token", "refreshtoken", "refresh_token", "refresh-token", "privatekey", "private_key", "private-key", "authorization",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Prefixes = SearchValues.Create(
        [
            "sk-", "AIza", "ya29.", "GOCSPX-", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "glptt-", "glft-",
            "glsoat-", "glcbt-", "glimt-", "glagent-", "xox", "xapp-", "sk_", "rk_", "whsec_", "xai-", "gsk_", "hf_", "r8_", "pplx-", "csk-", "nvapi-", "fw_", "tgp_",
            "dapi", "npm_", "pypi-", "oy2", "dckr_pat_", "rubygems_", "SG.", "doo_v1_", "dop_v1_", "dor_v1_", "shpat_", "shpca_", "shppa_", "shpss_", "hvs.", "hvb.",
            "hvr.", "dp.", "lin_api_", "ntn_", "secret_", "PMAK-", "sntry", "key-", "figd_", "sq0", ":AA",
        ],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> HashPrefixes = SearchValues.Create(["AC", "SK"], StringComparison.Ordinal);

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Returns the clues in a text.</summary>
    public static Clues In(ReadOnlySpan<char> text) =>
        Numbers(text)
        | (text.Contains('@') ? Clues.At : Clues.None)
        | (text.ContainsAny(Words) ? Clues.Word : Clues.None)
        | (text.ContainsAny(Names) ? Clues.Name : Clues.None)
        | (text.ContainsAny(Prefixes) || HasHash(text) ? Clues.Key : Clues.None);

    /// <summary>Returns the clues in the texts and names of a JSON value, possibly with false positives.</summary>
    public static Clues In(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var buffer = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(raw.Length));
        try
        {
            return In(Unescaped(buffer.AsSpan(0, Encoding.UTF8.GetChars(raw, buffer))));
        }
        finally
        {
            // The pool is shared by the whole process, and the buffer can contain secrets.
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Returns the text with escape sequences decoded: many JSON writers write every plus sign as <c>\u002b</c>.</summary>
    private static Span<char> Unescaped(Span<char> text)
    {
        var from = text.IndexOf("\\u");
        if (from < 0)
        {
            return text;
        }

        var to = from;
        while (from < text.Length)
        {
            if (text[from] is '\\' && from + 6 <= text.Length && text[from + 1] is 'u'
                && ushort.TryParse(text.Slice(from + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text[to++] = (char)code;
                from += 6;
            }
            else
            {
                text[to++] = text[from++];
            }
        }

        return text[..to];
    }

    /// <summary>Returns the clues in numbers. Jumps from one digit to the next, because most characters belong to no number.</summary>
    private static Clues Numbers(ReadOnlySpan<char> text)
    {
        var found = Clues.None;
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAnyInRange('0', '9');
            if (next < 0)
            {
                break;
            }

            at += next;
            found |= at >= 2 && at + 1 < text.Length && char.IsAsciiLetterUpper(text[at - 1]) && char.IsAsciiLetterUpper(text[at - 2]) && char.IsAsciiDigit(text[at + 1])
                ? Clues.Iban : Clues.None;
            var watch = new NumberWatch(afterPlus: at > 0 && text[at - 1] is '+');
            for (; at < text.Length && (char.IsAsciiDigit(text[at]) || NumberWatch.MayStandWithin(text[at])); at++)
            {
                found |= watch.Next(text[at]) ? Clues.Digits : Clues.None;
            }
        }

        return found;
    }

    /// <summary>Whether there is a service's token that begins like a word in capitals and continues as a hash.</summary>
    private static bool HasHash(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(HashPrefixes) is >= 0 and var at)
        {
            text = text[(at + 2)..];
            if (text.Length >= 32 && text[..32].IndexOfAnyExcept(Hex) < 0)
            {
                return true;
            }
        }

        return false;
    }
}
