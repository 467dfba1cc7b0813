using System.Text.Json;
using Atlas.Client.Calls;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Client.Http;

/// <remarks>Changes of a key. Each carries an idempotency key, so it can be sent again and is made once.</remarks>
internal sealed partial class HttpAtlasClient
{
    public Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => ChangeAsync(learningKey, "freeze", by, cancellationToken);

    public Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => ChangeAsync(learningKey, "unfreeze", by, cancellationToken);

    public Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => ChangeAsync(learningKey, "stage", by, cancellationToken);

    public Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => ChangeAsync(learningKey, "unstage", by, cancellationToken);

    public Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => ChangeAsync(learningKey, "unpin", by, cancellationToken);

    public Task<KeyChange> PromoteAsync(string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "promote", by, cancellationToken, new { version, by.Author, by.Reason });

    public Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "pin", by, cancellationToken, new { version, by.Author, by.Reason });

    public Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "rollback", by, cancellationToken, new { version, by.Author, by.Reason });

    public Task<KeyChange> ImportAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "import", by, cancellationToken, new { playbook = JsonElement.Parse(PlaybookDocument.Export(playbook)), by.Author, by.Reason });

    public Task<KeyChange> EditAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "edit", by, cancellationToken, new { playbook = JsonElement.Parse(PlaybookDocument.Export(playbook)), by.Author, by.Reason });

    public Task<KeyChange> TryEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "entries/try", by, cancellationToken, new { entry = entryId, by.Author, by.Reason });

    public Task<KeyChange> WithdrawEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "entries/withdraw", by, cancellationToken, new { entry = entryId, by.Author, by.Reason });

    public Task<KeyChange> MergeEntriesAsync(string learningKey, string kept, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "entries/merge", by, cancellationToken, new { kept, entry = entryId, by.Author, by.Reason });

    public Task<KeyChange> UnmergeEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync(learningKey, "entries/unmerge", by, cancellationToken, new { entry = entryId, by.Author, by.Reason });

    private Task<KeyChange> ChangeAsync(string learningKey, string what, Attribution by, CancellationToken cancellation, object? body = null) =>
        OnceAsync<KeyChange>(learningKey, what, by, cancellation, body);

    private Task<T> OnceAsync<T>(string learningKey, string what, Attribution by, CancellationToken cancellation, object? body = null)
    {
        KeyReferences.Check(learningKey);
        if (by.OnlyAtVersion is not null)
        {
            throw new AtlasRefusedException("The HTTP API does not support OnlyAtVersion. Leave it out, or use a client with Atlas:Client:Gateways.");
        }

        var identity = by.OperationId ?? NewIdentity();
        return _calls.RepeatableAsync(
            () => _api.PostAsync<T>(ApiConnection.Key(learningKey, what), body ?? new { by.Author, by.Reason }, identity, cancellation), cancellation);
    }
}
