using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Pages.Tests.Harness;
using Atlas.Storage.Access;
using Microsoft.Playwright;
using NpgsqlTypes;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class HomeTests(OpenConsole console)
{
    [Fact]
    public async Task Whatever_needs_a_person_is_told_first_and_leads_to_its_evidence()
    {
        var name = $"needs/{Guid.NewGuid():N}";
        var soon = DateTimeOffset.UtcNow;
        await MakeAsync($"{name}/alarm", state => WithEvidence(state, evidence => evidence with { Watch = evidence.Watch with { IsRaised = true } }));
        var entry = JsonSerializer.Deserialize<PlaybookEntry>("""{"id": "promise-all", "audience": "student", "action": {"imperative": "Promise everything."}}""", AtlasJson.Options)!;
        await MakeAsync($"{name}/suspect", state => WithEvidence(state with { Playbook = state.Playbook with { Entries = [entry] } }, evidence => evidence with
        {
            Entries = [new EntryTrial { Entry = "promise-all", Sha = EvidenceDecisions.Sha(entry), State = EntryTrialState.Suspect }],
        }));
        await MakeAsync($"{name}/failing", state => state with { LastSynthesis = new SynthesisReport(soon, "failed", "gpt", "The model did not answer.", 3, soon.AddMinutes(5)) });
        await MakeAsync($"{name}/spent", state => state with { Budget = new SynthesisBudget(soon, 4, 4) });
        await MakeAsync($"{name}/waiting", state => state);
        var drifting = await console.Silo.SessionAsync($"{name}/waiting");
        await console.Silo.Database.ExecuteAsync(
            """UPDATE sessions SET metadata = metadata || '{"drift": {"alert": true, "message": "far below the sessions before it"}}' WHERE id = $1""", drifting);

        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        foreach (var (key, words, evidence) in new[]
        {
            ("alarm", "rewards have dropped", "#evidence"), ("suspect", "1 suspect entry", "#entries"), ("failing", "3 failed syntheses", "#synthesis"),
            ("spent", "synthesis budget spent until", "#synthesis"), ("waiting", "2 sessions to review", "/review?"), ("waiting", "1 session with an unusual reward", "drift=yes"),
        })
        {
            await page.GotoAsync("/");
            var chip = page.Locator(".needs > li").Filter(new() { HasText = $"{name}/{key}" }).GetByRole(AriaRole.Link).Filter(new() { HasText = words });
            await Assertions.Expect(chip).ToBeVisibleAsync();
            await chip.ClickAsync();
            Assert.Contains(evidence, page.Url, StringComparison.Ordinal);
            Assert.True(!evidence.StartsWith('#') || await page.Locator(evidence).CountAsync() == 1, $"{words}: {page.Url}");
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([$"{drifting}"]);
    }

    [Fact]
    public async Task Failures_and_spent_budgets_are_told_on_the_first_page_and_shown_with_the_cluster()
    {
        var key = $"failing/{Guid.NewGuid():N}";
        var session = await console.Silo.SessionAsync(key);
        var owner = BudgetStore.OfKey("", $"bot-{Guid.NewGuid():N}");
        var budgets = new BudgetStore(console.Silo.Database.DataSource);
        await budgets.SetAsync(owner, 1000, null);
        Assert.Null(await budgets.ReserveAsync(Guid.NewGuid().ToString("N"), [owner], 1000, 0));
        await console.Silo.Database.ExecuteAsync(
            "INSERT INTO session_faults (session_id, stage, learning_key, fault, times) VALUES ($1, 'counting', $2, 'The state is damaged.', 7)", session, key);
        await console.Silo.Database.ExecuteAsync(
            "INSERT INTO learning_outbox (session_id, learning_key, outcome, teaches, attempts, due_at) VALUES ($1, $2, NULL, false, 7, now() + interval '1 hour')", session, key);

        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.Locator(".needs").GetByRole(AriaRole.Link).Filter(new() { HasText = "failure" }).ClickAsync();
        await page.GetByLabel("Key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        Assert.Contains($"key={Uri.EscapeDataString(key)}", page.Url, StringComparison.Ordinal);
        var row = page.GetByRole(AriaRole.Region, new() { Name = "List of failures" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "The state is damaged." });
        await Assertions.Expect(row).ToContainTextAsync("counting");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = owner["key:/".Length..] })).ToContainTextAsync("spent");
        await Assertions.Expect(page.GetByText("serves this page")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Orleans dashboard" })).ToHaveAttributeAsync("href", "/orleans");
        Assert.NotEqual("–", await page.Locator("td[data-name='Grains in memory']").First.InnerTextAsync());

        // Each number of what waits leads to the sessions that do.
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Sessions to count" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = $"{session}", Exact = true })).ToBeVisibleAsync();
        await console.Silo.Database.ExecuteAsync("DELETE FROM learning_outbox WHERE session_id = $1", session);
        await budgets.SetAsync(owner, null, null);
    }

    [Fact]
    public async Task Sessions_are_found_by_the_day_they_began_and_the_address_says_so()
    {
        var key = $"days/{Guid.NewGuid():N}";
        var (old, now) = (await console.Silo.SessionAsync(key), await console.Silo.SessionAsync(key));
        await console.Silo.Database.ExecuteAsync("UPDATE sessions SET created_at = '2024-02-29 23:59:59Z' WHERE id = $1", old);
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/sessions?key={Uri.EscapeDataString(key)}");
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([$"{now}", $"{old}"]);
        await page.GetByLabel("Started from").FillAsync("2024-02-29");
        await page.GetByLabel("to", new() { Exact = true }).FillAsync("2024-02-29");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([$"{old}"]);
        Assert.Contains("from=2024-02-29&to=2024-02-29", page.Url, StringComparison.Ordinal);
        await page.GotoAsync($"/sessions?key={Uri.EscapeDataString(key)}&to=2024-02-28");
        await Assertions.Expect(page.GetByText("No session matches.")).ToBeVisibleAsync();
        Assert.Contains("must be a date such as", await console.Silo.PageAsync("/sessions?from=yesterday", 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_for_what_hardly_any_session_has_says_how_far_it_looked_and_goes_on()
    {
        var key = $"rare/{Guid.NewGuid():N}";
        var first = await console.Silo.SessionAsync(key);
        await console.Silo.Database.ExecuteAsync("""UPDATE sessions SET metadata = metadata || '{"tags": "rare"}' WHERE id = $1""", first);
        await console.Silo.Database.ExecuteAsync(
            """
            INSERT INTO sessions (task, status, review_status, metadata, created_at)
            SELECT 'one of many', 'succeeded', 'approved', jsonb_build_object('learning_key', $1), '2026-02-01Z' FROM generate_series(1, 6000)
            """,
            key);
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/sessions?key={Uri.EscapeDataString(key)}&tag=rare");
        await Assertions.Expect(page.GetByText("No session fits so far: 5000 sessions were searched")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Search further back" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([$"{first}"]);
        await Assertions.Expect(page.GetByText("were searched")).ToHaveCountAsync(0);
        Assert.Contains("tag=rare", page.Url, StringComparison.Ordinal);
        await console.Silo.Database.ExecuteAsync("DELETE FROM sessions WHERE stored_learning_key = $1 AND task = 'one of many'", key);
    }

    [Fact]
    public async Task Keys_with_sessions_to_review_hide_no_key_with_a_need_of_its_own()
    {
        var mark = $"many-{Guid.NewGuid():N}";
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(5);
        await MakeAsync($"{mark}/failing", state => state with { LastSynthesis = new SynthesisReport(soon, "failed", "gpt", "The model did not answer.", 3, soon) });
        await console.Silo.Database.ExecuteAsync(
            """
            INSERT INTO sessions (task, status, review_status, metadata, created_at)
            SELECT 'one of many', 'succeeded', 'pending', jsonb_build_object('learning_key', $1 || '/' || n % 40), now() FROM generate_series(1, 400) n
            """,
            mark);
        var page = await console.Silo.PageAsync("/");
        Assert.Contains($">{mark}/failing<", page[..page.IndexOf("All keys", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("More keys need attention.", page, StringComparison.Ordinal);
        await console.Silo.Database.ExecuteAsync("DELETE FROM sessions WHERE task = 'one of many'");
    }

    private static LearningKeyState WithEvidence(LearningKeyState state, Func<KeyEvidence, KeyEvidence> change)
    {
        var trials = state.Trials ?? KeyTrials.Of(new EvidenceOptions());
        return state with { Trials = trials with { Evidence = change(trials.Evidence) } };
    }

    /// <summary>A key that stands as such keys do; nobody asks its grain again.</summary>
    private async Task MakeAsync(string key, Func<LearningKeyState, LearningKeyState> change)
    {
        await console.Silo.SessionAsync(key);
        await using var read = console.Silo.Database.DataSource.CreateCommand("SELECT payload -> 'state' FROM orleans.grain_state WHERE grain_type = 'learning-key' AND key_text = $1");
        read.Parameters.Add(new() { Value = key });
        LearningKeyState? state = null;
        await Atlas.Testing.Eventually.TrueAsync(
            async () => await read.ExecuteScalarAsync() is string json && (state = JsonSerializer.Deserialize<LearningKeyState>(json, AtlasJson.Options)) is { SessionsObserved: > 0 },
            TimeSpan.FromSeconds(30));
        await using var write = console.Silo.Database.DataSource.CreateCommand(
            "UPDATE orleans.grain_state SET payload = jsonb_set(payload, '{state}', $2) WHERE grain_type = 'learning-key' AND key_text = $1");
        write.Parameters.Add(new() { Value = key });
        write.Parameters.Add(new() { Value = JsonSerializer.Serialize(change(state!), AtlasJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
        Assert.Equal(1, await write.ExecuteNonQueryAsync());
    }
}
