using System.Text.Json;
using Atlas.Learning.Redaction;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Redaction;

public sealed class RedactorTests
{
    private static readonly Redactor Whole = Redactor.Of([], []);

    // In two pieces, so that no scanner of repositories takes them for real.
    public static TheoryData<string, string> Secrets { get; } = new()
    {
        { "openai_key", "sk-proj-" + "Ab3dEf6hIj9kLmNoPqRsT" },
        { "openai_key", "sk-" + "0123456789abcdef0123456789abcdef" },
        { "anthropic_key", "sk-ant-" + "api03-Ab3dEf6hIj9k_LmNoPqRsT" },
        { "google_key", "AIza" + "SyA1234567890abcdefghijklmnopqrstuv" },
        { "aws_key", "AKIA" + "IOSFODNN7EXAMPLE" },
        { "github_token", "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a" },
        { "github_token", "github_pat_" + "11ABCDEFG0aBcDeFgHiJkL_mNoPq" },
        { "gitlab_token", "glpat-" + "Ab3dEf6hIj9kLmNoPqRs" },
        { "slack_token", "xoxb-" + "123456789012-abcdefGHIJKL" },
        { "stripe_key", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc" },
        { "model_provider_key", "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYz123456" },
        { "package_registry_token", "npm_" + "Ab3dEf6hIj9kLmNoPqRsTuVwXyZ012345678" },
        { "service_token", "SG." + "Ab3dEf6hIj9kLmNoPqRs." + "Ab3dEf6hIj9kLmNoPqRsTuV" },
        { "jwt", "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P" },
        { "email", "ada.lovelace+news@example.co.uk" },
        { "email", "björn@exämple.se" },
        { "phone", "+49 (0)30 901820" },
        { "phone", "+14155552671" },
        { "phone", "(415) 555-2671" },
        { "card_number", "4111 1111 1111 1111" },
        { "card_number", "5500-0000-0000-0004" },
        { "card_number", "378282246310005" },
        { "iban", "DE89 3704 0044 0532 0130 00" },
        { "iban", "GB82WEST12345698765432" },
        { "us_ssn", "078-05-1120" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_is_taken_out_wherever_it_stands(string kind, string secret)
    {
        foreach (var (before, after) in ((string, string)[])[("", ""), ("It is ", "."), ("{\"x\": \"", "\"}"), ("(", ")"), ("\n", "\n"), ("key=", "&b=1"), ("<", ">")])
        {
            List<string> kinds = [];

            Assert.Equal($"{before}[redacted {kind}]{after}", Whole.Redact($"{before}{secret}{after}", kinds.Add));
            Assert.Equal([kind], kinds);
        }
    }

    [Theory]
    [InlineData("postgres://atlas:s3/cr@et@db.example:5432/atlas", "postgres://atlas:[redacted url_password]@db.example:5432/atlas")]
    [InlineData("redis://:hunter2@[::1]:6379", "redis://:[redacted url_password]@[::1]:6379")]
    [InlineData("Authorization: Bearer abcdef0123456789abcdef", "Authorization: Bearer [redacted bearer_token]")]
    [InlineData("Authorization: Basic YWRhOmh1bnRlcjI=", "Authorization: Basic [redacted basic_credential]")]
    [InlineData("DB_PASSWORD=hunter2!", "DB_PASSWORD=[redacted password]")]
    [InlineData("my password is hunter2, thanks", "my password is [redacted password], thanks")]
    [InlineData("\"api_key\": \"correct horse\"", "\"api_key\": \"[redacted password]\"")]
    [InlineData("{\\\"password\\\": \\\"swordfish\\\"}", "{\\\"password\\\": \\\"[redacted password]\\\"}")]
    [InlineData("AccountKey=abcdEFGH0123456789abcdEFGH01==;", "AccountKey=[redacted azure_key];")]
    public void Only_the_secret_goes_and_its_surroundings_stay(string text, string redacted) => Assert.Equal(redacted, Whole.Redact(text));

    [Fact]
    public void A_private_key_goes_whole_also_when_its_end_was_cut()
    {
        const string Begin = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow\n";

        Assert.Equal("a [redacted private_key] b", Whole.Redact($"a {Begin}-----END RSA PRIVATE KEY----- b"));
        Assert.Equal("a [redacted private_key]", Whole.Redact($"a {Begin}MIIE"));
    }

    [Theory]
    [InlineData("Order 1234567890123456 was sent on 2026-11-29 at 10:15:00, 3 items, 1,299.00 EUR.")]
    [InlineData("The order desk: reset your password. Forgotten password? Enter the password: the one you chose.")]
    [InlineData("4111 1111 1111 1112 fails the checksum, and 0000000000000000 is nobody's.")]
    [InlineData("git@github.com:org/repo.git, package@1.2.3, @param, user@localhost, a@b")]
    [InlineData("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, id 550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("https://example.com:8080/path@v2?x=1, http://localhost:5000/, 127.0.0.1:65535, v1.22.333.4444")]
    [InlineData("sk-learn and sk-image are libraries; risk-management-and-assessment-plan")]
    [InlineData("DE89 3704 0044 0532 0130 01 and eyJub3RoaW5nIjoxfQ.eyJub3RoaW5nIjoxfQ.aaaaaaaaaaaa")]
    [InlineData("password=${DB_PASSWORD} password: <your password> token=1")]
    public void What_only_looks_like_a_secret_stays(string text) => Assert.Same(text, Whole.Redact(text));

    [Fact]
    public void JSON_is_redacted_in_its_texts_and_by_the_names_of_its_members()
    {
        var value = JsonElement.Parse("""{"user": {"email": "ada@example.com", "Password": "abc", "api-key": "xyz"}, "list": ["ada@example.com", 1.50, null], "n": 4111111111111111}""");
        Dictionary<string, int> kinds = [];

        var redacted = Whole.Redact(value, (kind, _) => kinds[kind] = kinds.GetValueOrDefault(kind) + 1);

        Assert.Equal(
            """{"user":{"email":"[redacted email]","Password":"[redacted password]","api-key":"[redacted password]"},"list":["[redacted email]",1.50,null],"n":"[redacted card_number]"}""",
            redacted.GetRawText());
        Assert.Equal(2, kinds["email"]);
        Assert.Equal(2, kinds["password"]);
    }

    [Fact]
    public void JSON_that_writes_its_characters_as_numbers_hides_nothing()
    {
        Assert.Equal("""["[redacted email]"]""", Whole.Redact(JsonElement.Parse("""["ada\u0040example.com"]""")).GetRawText());
        Assert.Equal("""["[redacted phone]"]""", Whole.Redact(JsonElement.Parse("""["\u002b49 30 901820"]""")).GetRawText());
        Assert.Equal("""["[redacted email]","\u0000 \ud800"]""", Whole.Redact(JsonElement.Parse("""["ada@example.com","\u0000 \ud800"]""")).GetRawText());
    }

    [Fact]
    public void Every_place_in_JSON_is_named()
    {
        List<string> places = [];

        Whole.Redact(JsonElement.Parse("""{"a": [1, {"b": "ada@example.com"}], "ada@example.com": true, "password": 1234}"""), (kind, path) => places.Add($"{kind} {path}"));

        Assert.Equal(["email .a[1].b", "email .(a name)", "password .password"], places);
    }

    [Fact]
    public void No_word_of_a_digest_is_a_mark() => Assert.Equal("write to   soon", Whole.Drop("write to ada@example.com soon"));

    [Fact]
    public void JSON_without_a_secret_stays_byte_for_byte()
    {
        const string Json = """{ "b": 1.0, "a": [ true, "text" ] }""";

        Assert.Equal(Json, Whole.Redact(JsonElement.Parse(Json)).GetRawText());
    }

    [Fact]
    public void What_was_redacted_stays_as_it_is_when_redacted_again()
    {
        var once = Whole.Redact("password: hunter2 ada@example.com postgres://a:b1@c");

        Assert.Equal(once, Whole.Redact(once));
        Assert.Equal("""{"password":"[redacted password]"}""", Whole.Redact(JsonElement.Parse("""{"password":"[redacted password]"}""")).GetRawText());
    }

    [Fact]
    public void Every_kind_can_be_left_in()
    {
        foreach (var row in Secrets)
        {
            var (kind, secret) = row.Data;
            Assert.DoesNotContain($"[redacted {kind}]", Redactor.Of([kind], []).Redact(secret), StringComparison.Ordinal);
            Assert.Contains(kind, Redactor.Kinds);
        }
    }

    [Fact]
    public void A_redactor_of_ones_own_is_asked_too_and_first()
    {
        var own = Redactor.Of([], [new Badge()]);

        Assert.Equal("[redacted badge] and [redacted email]", own.Redact("B-1234 and ada@example.com"));
    }

    [Fact]
    public void Any_text_is_redacted_without_a_fault() => Gen.Select(Gen.String, Gen.OneOf(Secrets.Select(row => Gen.Const(row.Data.Item2)).ToArray()), Gen.String)
        .Sample((before, secret, after) => Whole.Redact(before + secret + after).Length >= 0);

    private sealed class Badge : IRedactor
    {
        public IEnumerable<SensitivePlace> Find(string text)
        {
            var at = text.IndexOf("B-", StringComparison.Ordinal);
            return at < 0 ? [] : [new SensitivePlace(at, 6, "badge")];
        }
    }
}
