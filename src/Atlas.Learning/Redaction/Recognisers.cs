using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Atlas.Learning.Redaction;

/// <summary>The built-in recognisers.</summary>
internal static partial class Recognisers
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant;

    /// <summary>Megabytes take a small part of this; only a maliciously slow text takes longer.</summary>
    private const int MostMilliseconds = 20_000;

    /// <summary>In order of precedence for overlapping places: the more exact first.</summary>
    public static ImmutableArray<Recogniser> All { get; } =
    [
        new("private_key", Clues.Word, PrivateKey()),
        new("anthropic_key", Clues.Key, AnthropicKey()),
        new("openai_key", Clues.Key, OpenAiKey()),
        new("google_key", Clues.Key, GoogleKey()),
        new("aws_key", Clues.Key | Clues.Word, AwsKey()),
        new("azure_key", Clues.Word, AzureKey()),
        new("github_token", Clues.Key, GitHubToken()),
        new("gitlab_token", Clues.Key, GitLabToken()),
        new("slack_token", Clues.Key | Clues.Word, SlackToken()),
        new("stripe_key", Clues.Key, StripeKey()),
        new("model_provider_key", Clues.Key, ModelProviderKey()),
        new("package_registry_token", Clues.Key, PackageRegistryToken()),
        new("service_token", Clues.Key, ServiceToken()),
        new("jwt", Clues.Word, Jwt(), Checks.IsJwt),
        new("url_password", Clues.At, UrlPassword()),
        new("bearer_token", Clues.Word, BearerToken()),
        new("basic_credential", Clues.Word, BasicCredential(), Checks.IsBasicCredential),
        new("password", Clues.Name, QuotedAssignment()),
        new("password", Clues.Name, Assignment(), Checks.IsLikelyPassword),
        new("card_number", Clues.Digits, CardNumber(), Checks.IsCard),
        new("iban", Clues.Iban, Iban(), Checks.IsIban),
        new("us_ssn", Clues.Digits, SocialSecurityNumber()),
        new("email", Clues.At, Email()),
        new("phone", Clues.Digits, InternationalPhone(), Checks.IsPhone),
        new("phone", Clues.Digits, NorthAmericanPhone()),
    ];

    /// <summary>Whether a member of a JSON object contains a secret, judging by its name.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    [GeneratedRegex(@"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?>(?:[^-]|-(?!----)){0,20000})(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|\z)", Plain, MostMilliseconds)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\bsk-ant-[A-Za-z0-9_-]{16,}", Plain, MostMilliseconds)]
    private static partial Regex AnthropicKey();

    // Also matches keys of services with the same protocol: DeepSeek, OpenRouter and others.
    [GeneratedRegex(@"\bsk-(?:proj-|svcacct-|admin-|or-v1-|None-)?(?=[A-Za-z0-9_-]{0,200}[0-9])[A-Za-z0-9_-]{20,}", Plain, MostMilliseconds)]
    private static partial Regex OpenAiKey();

    [GeneratedRegex(@"\bAIza[0-9A-Za-z_-]{35}|\bya29\.[0-9A-Za-z_-]{20,}|\bGOCSPX-[0-9A-Za-z_-]{20,}", Plain, MostMilliseconds)]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|(?i:aws.{0,20}(?:secret|session).{0,30}?[=:""'\s])(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])", Plain, MostMilliseconds)]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{20,}={0,2})|[?&]sig=(?<secret>[A-Za-z0-9%+/=_-]{20,})", Plain, MostMilliseconds)]
    private static partial Regex AzureKey();

    [GeneratedRegex(@"\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{22,}", Plain, MostMilliseconds)]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent)-[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9_-]+){0,3}", Plain, MostMilliseconds)]
    private static partial Regex GitLabToken();

    [GeneratedRegex(@"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[0-9]-[A-Za-z0-9-]{10,}|\bhooks\.slack\.com/services/(?<secret>T[A-Za-z0-9_/]{20,})", Plain, MostMilliseconds)]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"\b(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{16,}|\bwhsec_[0-9A-Za-z+/=]{20,}", Plain, MostMilliseconds)]
    private static partial Regex StripeKey();

    // xAI, Groq, Hugging Face, Replicate, Perplexity, Cerebras, NVIDIA, Fireworks, Databricks.
    [GeneratedRegex(@"\b(?:xai-|gsk_|hf_|r8_|pplx-|csk-|nvapi-|fw_|tgp_v1_)[A-Za-z0-9_-]{20,}|\bdapi[0-9a-f]{32}\b", Plain, MostMilliseconds)]
    private static partial Regex ModelProviderKey();

    [GeneratedRegex(@"\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{50,}|\boy2[a-z0-9]{43}\b|\bdckr_pat_[A-Za-z0-9_-]{20,}|\brubygems_[0-9a-f]{48}\b", Plain, MostMilliseconds)]
    private static partial Regex PackageRegistryToken();

    // SendGrid, Twilio, Telegram, DigitalOcean, Shopify, Vault, Doppler, Linear, Notion, Postman, Sentry, Mailgun, Airtable, Figma, Square.
    [GeneratedRegex(
        """
        \bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,} | \b(?:AC|SK)[0-9a-f]{32}\b | \b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,} | \bdo[opr]_v1_[0-9a-f]{64}\b
        | \bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b | \bhv[sbr]\.[A-Za-z0-9_-]{20,} | \bdp\.(?:pt|st|sa|ct)\.[A-Za-z0-9._-]{20,} | \blin_api_[A-Za-z0-9]{20,}
        | \b(?:ntn_|secret_)[A-Za-z0-9]{40,} | \bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b | \bsntry[su]_[A-Za-z0-9+/=_-]{30,} | \bkey-[0-9a-f]{32}\b
        | \bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b | \bfigd_[A-Za-z0-9_-]{20,} | \bsq0(?:atp|csp)-[A-Za-z0-9_-]{20,}
        """,
        Plain | RegexOptions.IgnorePatternWhitespace, MostMilliseconds)]
    private static partial Regex ServiceToken();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}", Plain, MostMilliseconds)]
    private static partial Regex Jwt();

    // A password can contain slashes and at signs; the last at sign before the host ends it.
    [GeneratedRegex(@"\b[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@""'<>]{0,128}:(?![0-9]{1,5}(?:[/?#]|$))(?<secret>[^\s""'<>]{1,256})@(?=[A-Za-z0-9\[])", Plain, MostMilliseconds)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"(?i:\bBearer\s{1,4})(?<secret>[A-Za-z0-9._~+/-]{16,}={0,2})", Plain, MostMilliseconds)]
    private static partial Regex BearerToken();

    [GeneratedRegex(@"(?i:\bBasic\s{1,4})(?<secret>[A-Za-z0-9+/]{8,}={0,2})", Plain, MostMilliseconds)]
    private static partial Regex BasicCredential();

    [GeneratedRegex(@"(?i:(?:password|passwd|passphrase|pwd|secret|api[_-]?key|(?:access|auth|refresh)[_-]?token|client[_-]?secret)\\?[""']?\s{0,4}[:=]\s{0,4})(?<quote>\\?[""'])(?<secret>[^""'\\\r\n]{4,256})\k<quote>", Plain, MostMilliseconds)]
    private static partial Regex QuotedAssignment();

    [GeneratedRegex(@"(?i:(?:password|passwd|passphrase|pwd|secret|api[_-]?key|(?:access|auth|refresh)[_-]?token|client[_-]?secret)(?:\s{1,2}is)?\s{0,4}[:=\s]\s{0,4})(?<secret>[^\s""',;&<>\\]{4,256})", Plain, MostMilliseconds)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<![\w.:-])[2-6](?:[ -]?[0-9]){12,18}(?![\w-]|\.[0-9])", Plain, MostMilliseconds)]
    private static partial Regex CardNumber();

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", Plain, MostMilliseconds)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])", Plain, MostMilliseconds)]
    private static partial Regex SocialSecurityNumber();

    // The account in git's own addresses belongs to no person.
    [GeneratedRegex(@"(?<![\w.+%-])(?!git@)[\p{L}\p{N}_%+-](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])", Plain, MostMilliseconds)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\w.+-]|[0-9] )(?:\+|00)[1-9][0-9]{0,2}[ .()/-]{0,2}[0-9](?:[ .()/-]{0,2}[0-9]){6,13}(?![\w-])", Plain, MostMilliseconds)]
    private static partial Regex InternationalPhone();

    [GeneratedRegex(@"(?<![\w.-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?![\w-])", Plain, MostMilliseconds)]
    private static partial Regex NorthAmericanPhone();

    [GeneratedRegex(@"^(?:[\w.]*[_.-])?(?:password|passwd|passphrase|pwd|secret|api[_-]?key|(?:access|auth|refresh)[_-]?token|client[_-]?secret|private[_-]?key|authorization)$", Plain | RegexOptions.IgnoreCase, MostMilliseconds)]
    private static partial Regex SecretName();
}
