using System.Net;
using System.Text;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Passing;

/// <summary>No header takes a key of Atlas to an upstream.</summary>
public sealed class CredentialTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    private House House => shared.House;

    [Theory]
    [InlineData("api-key", "#")]
    [InlineData("x-goog-api-key", "#")]
    [InlineData("x-api-key", "#")]
    [InlineData("Authorization", "#")]
    [InlineData("Authorization", "Token #")]
    [InlineData("Authorization", "Basic %")]
    [InlineData("x-anything", "Bearer #")]
    [InlineData("Cookie", "atlas_console=abc; other=1; mine=#; atlas_form=def")]
    public async Task A_header_with_a_key_stays_here(string name, string value)
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        var key = await House.CreateKeyAsync("held");
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{key}"));
        using var client = House.NewClient(key);
        using var answer = await House.SendAsync(
            client, "proxy/openai/v1/chat/completions", Body,
            (name, value.Replace("#", key, StringComparison.Ordinal).Replace("%", basic, StringComparison.Ordinal)), ("x-mine", "kept"));
        await answer.TextAsync();
        var sent = House.Upstream.Last;
        Assert.DoesNotContain(sent.Headers.Values, held => held.Contains(key, StringComparison.Ordinal) || held.Contains(basic, StringComparison.Ordinal) || held.Contains("atlas_", StringComparison.Ordinal));
        Assert.Equal(("kept", name == "Cookie" ? "other=1" : null), (sent.Header("x-mine"), sent.Header("Cookie")));
    }

    [Theory]
    [InlineData("api-key", "azure-key")]
    [InlineData("Authorization", "Bearer sk-mine")]
    [InlineData("Authorization", "Basic dXNlcjpwYXNz")]
    [InlineData("x-api-key", "sk-ant-mine")]
    [InlineData("Cookie", "session=1; other=2")]
    public async Task A_header_of_the_callers_own_goes_on(string name, string value)
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var client = House.NewClient(await House.CreateKeyAsync("own"));
        using var answer = await House.SendAsync(client, "proxy/openai/v1/chat/completions", Body, (name, value));
        await answer.TextAsync();
        Assert.Equal(value, House.Upstream.Last.Header(name));
    }

    [Theory]
    [InlineData("key=#")]
    [InlineData("beta=true&api_key=%61tlas_rest")]
    [InlineData("#")]
    [InlineData("token=Bearer+#")]
    public async Task A_key_in_the_query_is_refused_with_a_sentence_and_stays_here(string query)
    {
        var before = House.Upstream.Requests.Count;
        var key = await House.CreateKeyAsync("asked");
        using var client = House.NewClient(key);
        foreach (var path in (string[])["v1/chat/completions", "v1/files"])
        {
            using var answer = await House.SendAsync(client, $"proxy/openai/{path}?{query.Replace("#", key, StringComparison.Ordinal)}", Body);
            Assert.Contains("Send it as the header 'x-atlas-api-key'", await answer.TextAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }

        Assert.Equal(before, House.Upstream.Requests.Count);
    }

    [Fact]
    public async Task A_query_of_the_callers_own_goes_on()
    {
        House.Upstream.Answer = (context, _) => Replies.Chat("Done.")(context);
        using var client = House.NewClient(await House.CreateKeyAsync("owner"));
        using var answer = await House.SendAsync(client, "proxy/openai/v1/chat/completions?key=AIza-mine&beta=a%2Bb;c+d", Body);
        await answer.TextAsync();
        Assert.EndsWith("?key=AIza-mine&beta=a%2Bb;c+d", House.Upstream.Last.Target, StringComparison.Ordinal);
    }
}
