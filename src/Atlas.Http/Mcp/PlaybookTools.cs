using System.ComponentModel;
using System.Text.Json;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Http.Proposals;
using Atlas.Learning.Playbooks;
using ModelContextProtocol.Server;

namespace Atlas.Http.Mcp;

/// <summary>Tools that read playbooks and propose entries.</summary>
[McpServerToolType]
internal sealed class PlaybookTools(McpCalls calls, Backend backend, KeyDesk keys, ProposalDesk proposals)
{
    [McpServerTool(Name = "get_playbook", Title = "Get a playbook", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Returns the current playbook of a learning key: the text to follow in this kind of task. Call it before you begin.")]
    public Task<PlaybookText> GetPlaybookAsync(
        [Description("The learning key, for example support/refunds.")] string learning_key,
        [Description("The role: student does the task, teacher reviews plans and results.")] string role = "student") =>
        calls.RunAsync(Scopes.Read, async caller =>
        {
            var playbook = PlaybookBytes.Of(await backend.ResolveAsync(caller.Store(learning_key)).ConfigureAwait(false), caller);
            var part = role switch
            {
                "student" => playbook.Shown.Student,
                "teacher" => playbook.Shown.Teacher,
                _ => throw Problem.InvalidRequest.With($"The role must be student or teacher, not '{Parameters.Short(role)}'."),
            };
            return new PlaybookText(
                playbook.Shown.LearningKey, playbook.Shown.Version, playbook.Digest, playbook.Shown.ApplyToPrompts ? part?.Text ?? "" : "", playbook.Shown.Entries.Length);
        });

    [McpServerTool(Name = "search_playbook", Title = "Search a playbook", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds the entries of the current playbook that match some words, best match first.")]
    public Task<FoundEntries> SearchPlaybookAsync(
        [Description("The learning key.")] string learning_key,
        [Description("What to look for, in a few words.")] string query,
        [Description("The maximum number of entries to return, from 1 to 50.")] int limit = 10) =>
        calls.RunAsync(Scopes.Read, async caller =>
        {
            Cursor.Demand(limit, 50);
            var stored = caller.Store(learning_key);
            var current = await backend.ResolveAsync(stored).ConfigureAwait(false);
            if (current.Version == 0)
            {
                return new FoundEntries(learning_key, 0, []);
            }

            // The words of the current version: a newer one may wait for its promotion.
            var playbook = await keys.PlaybookAsync(stored, current.Version, caller, calls.Request.RequestAborted).ConfigureAwait(false);
            var given = current.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
            return new FoundEntries(learning_key, current.Version, EntrySearch.Find(playbook.Entries.Where(entry => given.Contains(EntryIds.Of(entry))), query, limit));
        });

    [McpServerTool(Name = "list_evidence", Title = "List evidence", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Lists the entries of the newest version of a playbook with their impact: how often their cue came up, how often they were adopted, and how that changed the reward.")]
    public Task<EntriesAnswer> ListEvidenceAsync([Description("The learning key.")] string learning_key) =>
        calls.RunAsync(Scopes.Read, async caller =>
        {
            var state = await keys.StateAsync(caller.Store(learning_key), caller, calls.Request.RequestAborted).ConfigureAwait(false);
            return new EntriesAnswer(learning_key, state.Version, state.Playbook.Entries.IsDefault ? [] : state.Playbook.Entries, state.Pairs ?? [], state.Merged ?? []);
        });

    [McpServerTool(Name = "propose_entry", Title = "Propose an entry", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Proposes an entry for a playbook. It reaches no prompt until a person accepts it.")]
    public Task<Proposed> ProposeEntryAsync(
        [Description("The learning key.")] string learning_key,
        [Description("When the entry applies, for example: the customer speaks of a voucher.")] string when,
        [Description("What to do then, as an instruction, for example: Read the voucher policy first.")] string instruction,
        [Description("The expected effect of doing so.")] string expected_effect = "",
        [Description("The role that the rule is for: student does the task, teacher reviews plans and results.")] string role = "student") =>
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
            var added = await proposals.AddAsync(caller.Store(learning_key), caller, [entry], "mcp").ConfigureAwait(false);
            await calls.NoteAsync("ProposeEntries", learning_key).ConfigureAwait(false);
            return new Proposed(added[0].Id, added[0].Status, "The entry reaches no prompt until a person accepts it.");
        });
}

/// <summary>The text of a playbook.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="Version">The version; 0 while the key has learned nothing.</param>
/// <param name="Digest">The digest of the playbook.</param>
/// <param name="Text">The text to follow; empty if there is none.</param>
/// <param name="Entries">The number of entries that reach prompts, for both roles.</param>
internal sealed record PlaybookText(string LearningKey, int Version, string Digest, string Text, int Entries);

/// <summary>Entries that match a search.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="Version">The current version; 0 while the key has learned nothing.</param>
/// <param name="Entries">The entries, best match first.</param>
internal sealed record FoundEntries(string LearningKey, int Version, IReadOnlyList<FoundEntry> Entries);

/// <summary>A proposed entry.</summary>
/// <param name="ProposalId">The number of the proposal.</param>
/// <param name="Status">The status of the proposal: <c>pending</c> until a person decides.</param>
/// <param name="Note">What happens next.</param>
internal sealed record Proposed(long ProposalId, string Status, string Note);
