using System.Text.Json;
using Atlas.Configuration.Tests.Support;
using Atlas.Domain.Json;

namespace Atlas.Configuration.Tests;

public sealed class SecretsTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Fact]
    public void No_output_of_a_check_holds_a_secret()
    {
        var check = _place.Check("""
            agent:
              type: http_api
              name: a
              system_prompt: use sk-hushhushhush if you must
              transport:
                base_url: https://me:hush1@agent.test/x?api_key=hush2&page=1
                headers: { Authorization: Bearer hush3, X-Harmless: hush4 }
              payload_template: { api_key: hush5, deep: { passwords: [hush6] }, secrets: { x: hush7 }, page: 1 }
            rim:
              small_model: { model: m, additional_headers: { X-Key: hush8 } }
              large_model: { model: m, api_base: "https://me:hush9@models.test" }
            storage: { database_url: "postgresql://atlas:hu@sh10@db.test:5432/atlas?sslmode=require&password=hush11" }
            metadata: { token: hush12, list: [{ password: hush13 }] }
            """);

        Assert.True(check.IsValid, check.ToString());
        var outputs = new[]
        {
            JsonSerializer.Serialize(check, AtlasJson.Options),
            string.Join('\n', check.Values),
            check.ToString(),
            check.Configuration!.ToString(),
            check.Configuration.Storage!.ToString(),
            ((Agents.HttpAgentOptions)check.Configuration.Agent!).Transport.ToString(),
        };
        Assert.All(outputs, output => Assert.DoesNotMatch("hush|sh1", output));
        Assert.Contains(check.Values, value => value.Value.GetRawText() == "\"postgresql://atlas:***@db.test:5432/atlas?sslmode=require&password=***\"".Replace("&", "\\u0026", StringComparison.Ordinal));
        Assert.Contains(check.Values, value => value is { Path: "agent.payload_template.page" } && value.Value.GetInt32() == 1);
        Assert.Equal("Bearer hush3", ((Agents.HttpAgentOptions)check.Configuration.Agent).Transport.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("Host=db;Username=atlas;Password=hush;Pooling=true", "Host=db;Username=atlas;Password=***;Pooling=true")]
    [InlineData("Host=db;pwd='hu;sh'", "Host=db;pwd=***")]
    public void The_password_of_a_connection_string_is_masked(string written, string shown)
    {
        var check = _place.Check($"storage: {{ database_url: \"{written}\" }}");

        Assert.Equal(shown, Assert.Single(check.Values, value => value.Path == "storage.database_url").Value.GetString());
        Assert.Equal(written, check.Configuration!.Storage!.DatabaseUrl);
    }

    [Theory]
    [InlineData("storage: { database_url: 'mysql://u:hush@db/x' }")]
    [InlineData("rim: { small_model: { model: m, additional_headers: { X-Key: [hush] } }, large_model: { model: m } }")]
    [InlineData("learning: { llm: { model: m, api_key_env: hush-hush } }")]
    [InlineData("learning: { llm: { model: m, api_key_env: AIzahush } }")]
    [InlineData("learning: { llm: { model: m, api_key: hush } }")]
    [InlineData("learning: { llm: { model: m, key: hush } }")]
    [InlineData("learning: { llm: { model: m, provider: sk-hushhush } }")]
    public void No_error_holds_a_secret(string yaml)
    {
        var check = _place.Check(yaml);

        Assert.DoesNotContain("hush", _place.TheError(check), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", JsonSerializer.Serialize(check, AtlasJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void No_warning_holds_a_secret()
    {
        _place.Variables["ATLAS_DRIFT_WINDOW"] = "sk-hushhush";

        Assert.DoesNotContain("hush", Assert.Single(_place.Check("").Warnings).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_secret_stays_readable()
    {
        var values = _place.Check("learning: { llm: { model: m, max_output_tokens: 5, api_key_env: MY_KEY } }").Values.ToDictionary(value => value.Path);

        Assert.Equal(5, values["learning.llm.max_output_tokens"].Value.GetInt32());
        Assert.Equal("MY_KEY", values["learning.llm.api_key_env"].Value.GetString());
    }

    public void Dispose() => _place.Dispose();
}
