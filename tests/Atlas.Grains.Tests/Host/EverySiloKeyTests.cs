using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Rewards;
using Atlas.Configuration.Storage;
using Atlas.Grains.Judging;
using Atlas.Models.Judges;
using Atlas.Storage.Retention;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace Atlas.Grains.Tests.Host;

/// <summary>Every key that a silo works by and a run does not changes what can be seen of the silo's parts, or it is told where else its
/// effect is: those of <c>rim</c>, <c>adaptive_teaching.reward</c> and <c>storage</c>.</summary>
public sealed class EverySiloKeyTests
{
    private const string KeyVariable = "ATLAS_TEST_MODEL_KEY";

    private static readonly JudgeRequest Session = new() { Task = "Refund order 17", FinalAnswer = "Refunded.", ExecutionMode = "paired" };

    private static readonly Dictionary<string, (JsonNode? Value, JsonObject Given)> Changes = new(StringComparer.Ordinal)
    {
        ["rim.small_model"] = (Model("small-2"), []),
        ["rim.large_model"] = (Model("large-2"), new JsonObject { ["rim.variance_threshold"] = 0.01 }),
        ["rim.variance_threshold"] = (0.01, []),
        ["rim.uncertainty_threshold"] = (0.1, []),
        ["rim.parallel_workers"] = (2, []),
        ["rim.judge_prompt"] = ("Look at the sum.", []),
        ["adaptive_teaching.reward.type"] = ("http", []),
        ["adaptive_teaching.reward.address"] = ("SERVER/judge/elsewhere", Reward("http", ("address", "SERVER/judge"))),
        ["adaptive_teaching.reward.import_path"] = ("second", Reward("python", ("import_path", "first"))),
        ["adaptive_teaching.reward.attribute"] = ("best", Reward("python", ("import_path", "first"))),
        ["adaptive_teaching.reward.timeout_seconds"] = (0.2, Hanging()),
        ["adaptive_teaching.reward.parameters"] = (new JsonObject { ["judge_prompt"] = "Look at the name." }, []),
        ["adaptive_teaching.reward.max_attempts"] = (3, []),
        ["adaptive_teaching.reward.panel_sessions"] = (20, []),
        ["adaptive_teaching.reward.panel_days"] = (30, []),
        ["adaptive_teaching.reward.focus_prompt"] = ("Look at the currency.", []),
        ["storage.min_connections"] = (2, []),
        ["storage.max_connections"] = (9, []),
        ["storage.statement_timeout_seconds"] = (7, []),
        ["storage.retention"] = (new JsonObject { ["events"] = "90d", ["sessions"] = "52w", ["keep_cited"] = false }, []),
    };

    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["storage.database_url"] = "StartTests: the address is asked, and one that does not answer is told.",
        ["storage.apply_schema_on_connect"] = "StartTests: a database without tables stays as it is.",
    };

    [Fact]
    public async Task Every_key_of_judging_and_storage_changes_the_silos_parts()
    {
        Environment.SetEnvironmentVariable(KeyVariable, "secret");
        Assert.Equal(
            Keys("rim", typeof(RimOptions)).Concat(Keys("adaptive_teaching.reward", typeof(RewardOptions))).Concat(Keys("storage", typeof(StorageOptions))).Order(StringComparer.Ordinal),
            Changes.Keys.Concat(Elsewhere.Keys).Order(StringComparer.Ordinal));
        await using var database = await TestDatabase.CreateAsync();
        var usual = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, (value, given)) in Changes)
        {
            if (!usual.TryGetValue(given.ToJsonString(), out var before))
            {
                usual[given.ToJsonString()] = before = await PictureAsync(database.Address, given);
                Assert.Equal(before, await PictureAsync(database.Address, given));
            }

            var changed = (JsonObject)given.DeepClone();
            changed[key] = value?.DeepClone();
            if (key == "adaptive_teaching.reward.type")
            {
                // A key of another type's would be refused.
                changed["adaptive_teaching.reward.address"] = "SERVER/judge";
            }

            Assert.True(before != await PictureAsync(database.Address, changed), $"{key} changes nothing.");
        }
    }

    /// <summary>What models and judges are asked for one session and say, how sessions are judged, and how the database is reached.</summary>
    private static async Task<string> PictureAsync(string address, JsonObject settings)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .When(request => request.Path.StartsWith("/judge", StringComparison.Ordinal), ScriptedServer.Json(new { score = 0.5, rationale = "r" }))
            .When(request => request.Model.StartsWith("large", StringComparison.Ordinal), Answers.OpenAI(Score("0.9")))
            .When(request => request.Json.GetProperty("temperature").GetDouble() < 0.3, Answers.OpenAI(Score("0.7")))
            .When(_ => true, Answers.OpenAI(Score("0.75")));
        var file = Path.GetTempFileName() + ".json";
        await File.WriteAllTextAsync(file, Whole(address, settings).ToJsonString().Replace("SERVER", server.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal));
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("ATLAS_CONFIG", file)]);
            var silo = builder.AddAtlasSilo();
            foreach (var name in (string[])["first", "second", "first:best", "hanging"])
            {
                silo.AddJudge(name, _ => new NamedJudge(name));
            }

            await using var services = builder.Services.BuildServiceProvider();
            var pool = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
            return $"""
                {services.GetRequiredService<JudgingOptions>()}
                {await JudgedAsync(services.GetRequiredService<IJudge>())}
                {string.Join('\n', server.Requests.Select(request => $"{request.Path} {request.Body}").Order(StringComparer.Ordinal)).Replace(server.Address.Authority, "SERVER", StringComparison.Ordinal)}
                {pool.MinPoolSize} {pool.MaxPoolSize} {pool.Options} {pool.CommandTimeout}
                {services.GetRequiredService<RetentionPolicy>()}
                """;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> JudgedAsync(IJudge judge)
    {
        try
        {
            var judgement = await judge.JudgeAsync(Session, TestContext.Current.CancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"{judge.Name} {judgement.Score} {judgement.Problem}");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return failure.Message;
        }
    }

    private static string Score(string score) => $$"""{"principles":[],"score":{{score}},"rationale":"r","uncertainty":0.2}""";

    private static JsonObject Whole(string address, JsonObject settings)
    {
        var whole = new JsonObject
        {
            ["rim"] = new JsonObject { ["small_model"] = Model("small"), ["large_model"] = Model("large") },
            ["storage"] = new JsonObject { ["database_url"] = address },
        };
        foreach (var (key, value) in settings)
        {
            var parts = key.Split('.');
            var block = parts[..^1].Aggregate(whole, (at, part) => (JsonObject)(at[part] ??= new JsonObject()));
            block[parts[^1]] = value?.DeepClone();
        }

        return whole;
    }

    private static JsonObject Reward(string type, params (string Key, string Value)[] others) => new(
        [KeyValuePair.Create("adaptive_teaching.reward.type", (JsonNode?)type), .. others.Select(other => KeyValuePair.Create($"adaptive_teaching.reward.{other.Key}", (JsonNode?)other.Value))]);

    private static JsonObject Hanging()
    {
        var reward = Reward("python", ("import_path", "hanging"));
        reward["adaptive_teaching.reward.timeout_seconds"] = 0.1;
        return reward;
    }

    private static JsonObject Model(string name) => new()
    {
        ["provider"] = "openai", ["model"] = name, ["api_base"] = "SERVER/v1", ["api_key_env"] = KeyVariable,
    };

    private static IEnumerable<string> Keys(string path, Type block) =>
        block.GetProperties().Where(property => property.SetMethod is not null).Select(property => $"{path}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}");

    private sealed class NamedJudge(string name) : IJudge
    {
        public string Name => name;

        public async Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
        {
            if (name == "hanging")
            {
                await new TaskCompletionSource().Task.WaitAsync(ct);
            }

            return Judgement.None(name);
        }
    }
}
