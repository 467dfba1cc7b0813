using Atlas.Client;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Models.Judges;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Atlas.Grains.Tests.Judging;

/// <summary>The judge that the configuration names is in force, over the wire.</summary>
public sealed class ConfiguredJudgeTests
{
    private const string Key = "support/refunds";
    private const string KeyVariable = "ATLAS_TEST_MODEL_KEY";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_models_of_rim_judge_three_times_and_the_arbiter_decides_where_they_are_unsure()
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = """{"principles": [{"name": "Correctness", "weight": 1.0, "description": "The order exists"}], "score": 0.6, "rationale": "Half done.", "uncertainty": 0.5}""";
        await using var place = await Place.StartAsync($"""
            rim:
              small_model:
                provider: openai
                model: scripted-small
                api_key_env: {KeyVariable}
                api_base: {model.Address}v1
              large_model:
                provider: openai
                model: scripted-large
                api_key_env: {KeyVariable}
                api_base: {model.Address}v1
              judge_prompt: Look at the order number.
            runtime_safety:
              review:
                require_approval: false
            """);

        var session = await place.Client.RunSessionAsync(Key, score: null);
        var judged = await place.Client.AwaitRewardAsync(session.SessionId, Patience);

        Assert.Equal((JudgingStatus.Judged, LearningStanding.Applied, 0.6, "Half done."), (judged.Judging, judged.Learning, judged.Reward!.Score, judged.Reward.Rationale));
        Assert.Equal(
            ["scripted-small", "scripted-small", "scripted-small", "scripted-large"],
            model.Asked.Select(asked => asked["model"]!.GetValue<string>()));
        var asked = model.Asked[0].ToJsonString();
        Assert.Contains("Look at the order number.", asked, StringComparison.Ordinal);
        Assert.Contains("get_order", asked, StringComparison.Ordinal);
        Assert.Equal(1, await place.Database.ScalarAsync<long>("""
            SELECT count(*) FROM sessions WHERE jsonb_array_length(reward_audit) = 4 AND reward #>> '{judges,0,escalated}' = 'true'
            """));
        Assert.Equal(1, await place.Database.ScalarAsync<long>("SELECT count(*) FROM session_judgings WHERE calls = 4 AND prompt_tokens = 40"));
        using var http = new HttpClient { BaseAddress = place.Silo.Http };
        var metrics = await http.GetStringAsync("metrics", TestContext.Current.CancellationToken);
        Assert.Contains("atlas_judging_escalations", metrics, StringComparison.Ordinal);
        Assert.Matches("atlas_judging_duration_seconds_count\\{[^}]*outcome=\"judged\"", metrics);
    }

    [Fact]
    public async Task A_judge_over_http_is_asked_and_its_time_limit_holds()
    {
        var asked = 0;
        await using var server = await JudgeServer.StartAsync(async request =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
            }

            return Results.Text("""{"score": 0.9, "uncertainty": 0, "rationale": "All orders refunded."}""", "application/json");
        });
        var clock = new MovableClock();
        await using var place = await Place.StartAsync(
            $"""
            adaptive_teaching:
              reward:
                type: http
                address: {server.Address}judge
                timeout_seconds: 0.5
            """,
            services => services.AddSingleton<TimeProvider>(clock));

        var session = await place.Client.RunSessionAsync(Key, score: null);
        await Eventually.TrueAsync(
            async () => (await place.Client.StandingAsync(session.SessionId)).Reason is not null, Patience, "The end of the judge's time");
        Assert.Contains("did not answer within 0.5 seconds", (await place.Client.StandingAsync(session.SessionId)).Reason, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0.9, "http_judge"), await RewardAsync());

        async Task<(double, string)> RewardAsync()
        {
            var reward = (await place.Client.AwaitRewardAsync(session.SessionId, Patience)).Reward!;
            return (reward.Score, reward.Judge);
        }
    }

    [Fact]
    public async Task A_judge_of_ones_own_is_chosen_by_its_name()
    {
        var judge = ScriptedJudge.Open(_ => ScriptedJudge.Score(0.3));
        await using var place = await Place.StartAsync(
            """
            adaptive_teaching:
              reward:
                type: python
                import_path: orders
                attribute: strict
            """,
            services => services.AddKeyedSingleton<IJudge>("orders:strict", (_, _) => judge));

        var session = await place.Client.RunSessionAsync(Key, score: null);

        Assert.Equal(0.3, (await place.Client.AwaitRewardAsync(session.SessionId, Patience)).Reward!.Score);
    }

    [Fact]
    public async Task A_name_under_which_no_judge_is_registered_is_told_at_the_start()
    {
        var wrong = await Assert.ThrowsAnyAsync<Exception>(() => Place.StartAsync("adaptive_teaching: { reward: { type: python, import_path: orders } }"));

        Assert.Contains("refers to the judge 'orders', but no judge is registered", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scripted_model_has_no_opinion_so_nothing_waits_for_it()
    {
        await using var place = await Place.StartAsync("""
            rim:
              small_model: { provider: offline, model: none }
              large_model: { provider: offline, model: none }
            """);

        Assert.Equal(LearningStanding.Observed, (await place.Client.RunSessionAsync(Key, score: null)).Learning);
    }

    private sealed class Place : IAsyncDisposable
    {
        public required TestDatabase Database { get; init; }

        public required RunningSilo Silo { get; init; }

        public required IAtlasClient Client { get; init; }

        public static async Task<Place> StartAsync(string configuration, Action<IServiceCollection>? replace = null)
        {
            Environment.SetEnvironmentVariable(KeyVariable, "not-a-real-key");
            var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-judge-").FullName, "atlas.yaml");
            await File.WriteAllTextAsync(file, configuration);
            var database = await TestDatabase.CreateAsync();
            try
            {
                var silo = await RunningSilo.StartAsync(database.Address, "silo-1", replace, $"--ATLAS_CONFIG={file}");
                var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = database.Address });
                return new Place { Database = database, Silo = silo, Client = client };
            }
            catch (Exception)
            {
                await database.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Silo.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    private sealed class JudgeServer(WebApplication app) : IAsyncDisposable
    {
        public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public static async Task<JudgeServer> StartAsync(Func<HttpRequest, Task<IResult>> answer)
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.MapPost("/judge", answer);
            await app.StartAsync();
            return new JudgeServer(app);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
