using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>What syntheses by a language model cost: few calls for many sessions, a budget, and an audit.</summary>
public sealed class SynthesisBudgetTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const string Good = """
        {"version": "playbook_entry.v1", "student_pamphlet": "Look the order up first.", "teacher_pamphlet": null, "playbook_entries": [],
         "session_student_learning": "Looked up too late.", "session_teacher_learning": "Say it earlier."}
        """;

    [Fact]
    public async Task A_hundred_sessions_that_finish_together_cost_five_calls_at_most_and_all_count()
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = Good;
        await using var place = await ModelSilo.StartAsync(model);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            place.Client.StartSessionAsync(new StartSession($"Refund order {number}", Key))));

        await Task.WhenAll(sessions.Select(session => session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(1)))));

        await Eventually.TrueAsync(async () => (await place.Client.DescribeAsync(Key)).PendingSessionIds.IsEmpty, Patience, "The syntheses");
        var key = await place.Client.DescribeAsync(Key);
        Assert.Equal((100, 100), (key.SessionsObserved, key.SessionsApplied));
        Assert.InRange(model.Asked.Count, 1, 5);
        Assert.Equal(1, key.Playbook.Version);
    }

    [Fact]
    public async Task The_prompt_of_the_configuration_is_used_and_the_call_is_on_record_with_its_cost_and_notes()
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = Good;
        await using var place = await ModelSilo.StartAsync(model, "  prompts: { synthesizer: You write playbooks for the order desk. }");

        var session = await place.Client.RunSessionAsync(Key);

        await Eventually.TrueAsync(async () => (await place.Client.ResolveAsync(Key)).Version == 1, Patience, "The playbook");
        Assert.Contains("You write playbooks for the order desk.", model.Asked[0]["messages"]![0]!["content"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, await place.Database.ScalarAsync<long>("""
            SELECT count(*) FROM learning_journal
             WHERE event_type = 'synthesis_concluded' AND event #>> '{cost,calls}' = '1' AND event #>> '{cost,prompt_tokens}' = '10'
               AND event #>> '{audit,model}' = 'openai/scripted' AND event #>> '{audit,response}' LIKE '%Look the order up first.%'
               AND event #>> '{audit,messages,1,content}' LIKE '%Refund order 1042%'
            """));
        await Eventually.TrueAsync(
            async () => await place.Database.ScalarAsync<long>($"""
                SELECT count(*) FROM sessions WHERE id = {session.SessionId}
                   AND student_learning = 'Looked up too late.' AND teacher_learning = 'Say it earlier.'
                   AND metadata ->> 'session_learning_note' = 'Student: Looked up too late. Teacher: Say it earlier.'
                """) == 1,
            Patience,
            "The notes on the session");
        using var http = new HttpClient { BaseAddress = place.Silo.Http };
        Assert.Matches("atlas_synthesis_tokens[a-z_]*\\{[^}]*direction=\"prompt\"", await http.GetStringAsync("metrics", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_the_budget_of_an_hour_does_not_allow_waits_and_is_taken_by_itself_in_the_next()
    {
        var clock = new MovableClock();
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = Good;
        await using var place = await ModelSilo.StartAsync(
            model, "  syntheses_per_hour: 2", services => services.AddSingleton<TimeProvider>(clock));
        for (var number = 1; number <= 2; number++)
        {
            await place.Client.RunSessionAsync(Key);
            await Eventually.TrueAsync(async () => (await place.Client.DescribeAsync(Key)).PendingSessionIds.IsEmpty, Patience, "A synthesis");
        }

        var left = await place.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(
            async () => await MetricAsync(place, "atlas_syntheses_deferred") > 0, Patience, "The synthesis that is put off");

        var waiting = await place.Client.DescribeAsync(Key);
        Assert.Equal([left.SessionId], waiting.PendingSessionIds);
        Assert.InRange(waiting.SynthesisNotBefore!.Value - clock.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Equal(2, model.Asked.Count);
        Assert.Equal("2/2", await place.Database.ScalarAsync<string>(
            "SELECT concat(payload #>> '{state,budget,used}', '/', payload #>> '{state,budget,limit}') FROM orleans.grain_state WHERE grain_type = 'learning-key'"));

        clock.Advance(TimeSpan.FromMinutes(61));

        await Eventually.TrueAsync(async () => (await place.Client.DescribeAsync(Key)).PendingSessionIds.IsEmpty, Patience, "What was left over");
        Assert.Equal(3, model.Asked.Count);
    }

    [Fact]
    public async Task What_is_learned_within_an_epoch_comes_as_one_change_when_it_is_over()
    {
        var clock = new MovableClock();
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = Good;
        await using var place = await ModelSilo.StartAsync(
            model, "  publish: { interval_seconds: 3600 }", services => services.AddSingleton<TimeProvider>(clock));
        await place.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(async () => (await place.Client.ResolveAsync(Key)).Version == 1, Patience, "The first version");

        var waiting = new[] { await place.Client.RunSessionAsync(Key), await place.Client.RunSessionAsync(Key) };
        var key = await place.Client.DescribeAsync(Key);
        Assert.Equal(waiting.Select(session => session.SessionId), key.PendingSessionIds);
        Assert.InRange(key.SynthesisNotBefore!.Value - clock.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Equal((1, 1), (key.Playbook.Version, model.Asked.Count));

        model.Answer = Good.Replace("first", "before anything else", StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(61));

        await Eventually.TrueAsync(async () => (await place.Client.DescribeAsync(Key)).PendingSessionIds.IsEmpty, Patience, "What was learned within the epoch");
        Assert.Equal((2, 2), ((await place.Client.ResolveAsync(Key)).Version, model.Asked.Count));
    }

    [Fact]
    public async Task A_model_that_fails_and_then_talks_nonsense_costs_no_session_and_is_forgiven_when_it_recovers()
    {
        var clock = new MovableClock();
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = Good;
        await using var place = await ModelSilo.StartAsync(model, "  session_note_enabled: true", services => services.AddSingleton<TimeProvider>(clock));
        await place.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(async () => (await place.Client.ResolveAsync(Key)).Version == 1, Patience, "The first playbook");

        model.Answer = "I would rather talk about the weather.";
        var second = await place.Client.RunSessionAsync(Key, score: 0.4);
        await FailedAsync("contains no playbook");
        model.Answer = null;
        clock.Advance(TimeSpan.FromMinutes(15));
        await FailedAsync("500");

        var key = await place.Client.DescribeAsync(Key);
        Assert.Equal((SessionStatus.Succeeded, LearningStanding.Applied), (second.Status, second.Learning));
        Assert.Equal((2, 1), (key.SessionsApplied, key.Playbook.Version));
        Assert.Equal([second.SessionId], key.PendingSessionIds);
        Assert.Equal("Look the order up first.", key.Playbook.Student!.Text);
        Assert.Equal(0.4, (await place.Client.StandingAsync(second.SessionId)).Reward!.Score);
        Assert.True(await MetricAsync(place, "atlas_syntheses_total", "outcome=\"failed\"") >= 2);

        model.Answer = Good.Replace("first", "before anything else", StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(15));

        await Eventually.TrueAsync(async () => (await place.Client.ResolveAsync(Key)).Version == 2, Patience, "The playbook after the failures");
        Assert.Null((await place.Client.DescribeAsync(Key)).SynthesisFailure);

        Task FailedAsync(string sentence) => Eventually.TrueAsync(
            async () => (await place.Client.DescribeAsync(Key)).SynthesisFailure?.Contains(sentence, StringComparison.Ordinal) is true,
            Patience,
            $"A failure that says '{sentence}'");
    }

    [Fact]
    public async Task With_a_null_in_place_of_the_model_the_large_model_of_the_judges_distils()
    {
        Environment.SetEnvironmentVariable(ModelSilo.KeyVariable, "not-a-real-key");
        await using var model = await ScriptedModel.StartAsync();
        model.Answer = Good;
        var wire = $"provider: openai, api_key_env: {ModelSilo.KeyVariable}, api_base: \"{model.Address}v1\"";
        await using var place = await ModelSilo.StartAsync($$"""
            learning: { llm: null }
            rim:
              small_model: { model: small, {{wire}} }
              large_model: { model: large, {{wire}} }
            """);

        await place.Client.RunSessionAsync(Key, review: "approved");

        await Eventually.TrueAsync(async () => (await place.Client.ResolveAsync(Key)).Version == 1, Patience, "The playbook");
        Assert.Equal("synthesizer:openai/large", await place.Database.ScalarAsync<string>("SELECT author FROM playbook_versions"));
    }

    private static async Task<double> MetricAsync(ModelSilo place, string name, string label = "")
    {
        using var http = new HttpClient { BaseAddress = place.Silo.Http };
        var lines = (await http.GetStringAsync("metrics")).Split('\n');
        return lines.Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split('}')[^1].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
    }
}
