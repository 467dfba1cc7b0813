using System.ComponentModel;
using System.Text.Json;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Proposals;
using Atlas.Learning.Playbooks;
using ModelContextProtocol.Server;

namespace Atlas.Http.Mcp;

/// <summary>Tools on what was learned.</summary>
[McpServerToolType]
internal sealed class PlaybookTools(McpCalls calls, Backend backend, KeyDesk keys, ProposalDesk proposals)
{
    [McpServerTool(Name = "get_playbook", Title = "Get a playbook", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Gets what was learned for a learning key: the text to follow while doing its kind of task. Call it before you begin.")]
    public Task<PlaybookText> GetPlaybookAsync(
        [Description("The learning key, for example support/refunds.")] string learning_key,
        [Description("student for who does the task, teacher for who supervises it.")] string role = "student") =>
        calls.RunAsync(Scopes.Read, async caller =>
        {
            var playbook = PlaybookBytes.Of(await backend.ResolveAsync(caller.Store(learning_key)).ConfigureAwait(false), caller);
            var part = role == "teacher" ? playbook.Shown.Teacher : playbook.Shown.Student;
            return new PlaybookText(
                playbook.Shown.LearningKey, playbook.Shown.Version, playbook.Digest, playbook.Shown.ApplyToPrompts ? part?.Text ?? "" : "", playbook.Shown.Entries.Length);
        });

    [McpServerTool(Name = "search_playbook", Title = "Search a playbook", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds the entries of a playbook that are about certain words, the most fitting first.")]
    public Task<FoundEntries> SearchPlaybookAsync(
        [Description("The learning key.")] string learning_key,
        [Description("What you look for, in a few words.")] string query,
        [Description("At most so many entries, 1 to 50.")] int limit = 10) =>
        calls.RunAsync(Scopes.Read, async caller =>
        {
            Cursor.Demand(limit, 50);
            var playbook = await backend.ResolveAsync(caller.Store(learning_key)).ConfigureAwait(false);
            if (playbook.Version == 0)
            {
                return new FoundEntries(learning_key, 0, []);
            }

            var state = await keys.StateAsync(caller.Store(learning_key), caller, calls.Request.RequestAborted).ConfigureAwait(false);
            var given = playbook.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
            return new FoundEntries(learning_key, playbook.Version, EntrySearch.Find(state.Playbook.Entries.Where(entry => given.Contains(EntryIds.Of(entry))), query, limit));
        });

    [McpServerTool(Name = "list_evidence", Title = "List evidence", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Lists the entries of a playbook with what sessions showed of them: how often their cue came up, were adopted, and what that was worth.")]
    public Task<EntriesAnswer> ListEvidenceAsync([Description("The learning key.")] string learning_key) =>
        calls.RunAsync(Scopes.Read, async caller =>
        {
            var state = await keys.StateAsync(caller.Store(learning_key), caller, calls.Request.RequestAborted).ConfigureAwait(false);
            return new EntriesAnswer(learning_key, state.Version, state.Playbook.Entries.IsDefault ? [] : state.Playbook.Entries);
        });

    [McpServerTool(Name = "propose_entry", Title = "Propose an entry", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Proposes a rule for a playbook. It becomes a candidate: no prompt has it before a person accepts it.")]
    public Task<Proposed> ProposeEntryAsync(
        [Description("The learning key.")] string learning_key,
        [Description("When the rule applies, for example: the customer speaks of a voucher.")] string when,
        [Description("What to do then, as an instruction.")] string instruction,
        [Description("What that is expected to lead to.")] string expected_effect = "",
        [Description("student for who does the task, teacher for who supervises it.")] string role = "student") =>
        calls.RunAsync(Scopes.Record, async caller =>
        {
            var entry = JsonSerializer.SerializeToElement(
                new
                {
                    audience = role,
                    cue = new { type = "keyword", pattern = when, description = when },
                    action = new { imperative = instruction },
                    expected_effect,
                    scope = new { category = "reinforcement", applies_when = when },
                },
                ApiJson.Options);
            var added = await proposals.AddAsync(caller.Store(learning_key), caller, [entry], "mcp", calls.Request.RequestAborted).ConfigureAwait(false);
            await calls.NoteAsync("ProposeEntries", learning_key).ConfigureAwait(false);
            return new Proposed(added[0].Id, added[0].Status, "It waits for a person to accept it; until then it is in no prompt.");
        });
}

/// <summary>The text of a playbook.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The version; 0 while it has learned nothing.</param>
/// <param name="Digest">Digest of the playbook.</param>
/// <param name="Text">What to follow; empty if there is nothing to tell.</param>
/// <param name="Entries">How many entries it has.</param>
internal sealed record PlaybookText(string LearningKey, int Version, string Digest, string Text, int Entries);

/// <summary>Entries that were found.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The version that sessions are given.</param>
/// <param name="Entries">The most fitting first.</param>
internal sealed record FoundEntries(string LearningKey, int Version, IReadOnlyList<FoundEntry> Entries);

/// <summary>A proposed entry.</summary>
/// <param name="ProposalId">Its number.</param>
/// <param name="Status"><c>pending</c>.</param>
/// <param name="Note">What happens next.</param>
internal sealed record Proposed(long ProposalId, string Status, string Note);
