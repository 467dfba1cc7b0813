using System.Text.RegularExpressions;

namespace Atlas.Configuration.Checking;

/// <summary>Takes out of a text what nobody should read.</summary>
public static partial class Secrets
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>Whether whatever stands under this key is a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name) && !name.EndsWith("_env", StringComparison.Ordinal);

    /// <summary>The text with passwords, keys in queries and anything that looks like a key replaced.</summary>
    public static string MaskText(string text)
    {
        text = MaskUrl(text);
        return KeyLike().Replace(text, Mask);
    }

    /// <summary>The address or connection string without its password.</summary>
    public static string MaskUrl(string text)
    {
        if (DatabaseAddress().Match(text) is { Success: true } address)
        {
            return address.Groups["start"].Value + Mask + WholeQuerySecret().Replace(address.Groups["rest"].Value, "${name}=" + Mask);
        }

        if (text.TrimStart().StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && text.Contains("://", StringComparison.Ordinal))
        {
            return WholeQuerySecret().Replace(text, "${name}=" + Mask);
        }

        if (ConnectionString().IsMatch(text))
        {
            return WholeConnectionStringSecret().Replace(text, "${name}=" + Mask);
        }

        text = UserInfo().Replace(text, "${start}" + Mask + "@");
        text = QuerySecret().Replace(text, "${name}=" + Mask);
        return ConnectionStringSecret().Replace(text, "${name}=" + Mask);
    }

    [GeneratedRegex("key|token|secret|password|passwd|authorization|credential|cookie", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // A text that is nothing but the address of a database may have anything in its password, spaces too: it ends at the last @.
    [GeneratedRegex(@"^\s*(?<start>postgres(ql)?://[^:@/?]*:)(?s:.*)(?<rest>@[^@]*)$", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseAddress();

    [GeneratedRegex(@"(?<name>[?&][^=&]*(key|token|secret|password|sig)[^=&]*)=[^&]+", RegexOptions.IgnoreCase)]
    private static partial Regex WholeQuerySecret();

    [GeneratedRegex(@"^\s*[a-z][a-z ]*=[^;]*;", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionString();

    [GeneratedRegex(@"(?<name>\b(password|passwd|pwd|psw|passfile|ssl password)\s*)=\s*('([^']|'')*'|""([^""]|"""")*""|.*?(?=;\s*(host|server|port|database|db|user ?name|user id|user|uid|ssl mode|pooling|timeout|command timeout|application name|maximum pool size|minimum pool size|options|search path)\s*=|;?\s*$))", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex WholeConnectionStringSecret();

    // Everything up to the last @ of the authority, because passwords with an @ in them are written unescaped, too.
    [GeneratedRegex(@"(?<start>[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?<name>[?&][^=&\s]*(key|token|secret|password|sig)[^=&\s]*)=[^&\s]+", RegexOptions.IgnoreCase)]
    private static partial Regex QuerySecret();

    [GeneratedRegex(@"(?<name>\b(password|passwd|pwd|passfile|ssl password)\s*)=\s*('[^']*'|""[^""]*""|[^;&\s]*)", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionStringSecret();

    // The shapes in which the providers' keys come, for keys that ended up where a name or a text belongs.
    [GeneratedRegex(@"\b(sk|pk|xai|gsk|rk)-[A-Za-z0-9_\-]{6,}|\bAIza[A-Za-z0-9_\-]{10,}|\bAKIA[A-Z0-9]{12,}|\bBearer\s+\S+", RegexOptions.IgnoreCase)]
    private static partial Regex KeyLike();
}
