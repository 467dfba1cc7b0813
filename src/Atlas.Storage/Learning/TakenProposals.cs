using System.Collections.Immutable;
using Atlas.Domain.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Pending proposals that one person or program is deciding on. They stay pending if it stops before the end.</summary>
public sealed class TakenProposals : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    internal TakenProposals(NpgsqlConnection connection, NpgsqlTransaction transaction, ImmutableArray<EntryProposal> pending)
    {
        _connection = connection;
        _transaction = transaction;
        Pending = pending;
    }

    /// <summary>Gets those of the requested proposals that are pending, oldest first.</summary>
    public ImmutableArray<EntryProposal> Pending { get; }

    /// <summary>Marks all of them.</summary>
    /// <param name="status"><c>accepted</c> or <c>declined</c>.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="cancellationToken">Cancels before they are marked.</param>
    public async Task DecideAsync(string status, string by, CancellationToken cancellationToken = default)
    {
        var command = new NpgsqlCommand(
            "UPDATE public.entry_proposals SET status = $2, decided_by = $3, decided_at = now() WHERE id = ANY ($1)", _connection, _transaction);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(Pending.Select(proposal => proposal.Id)).Text(status).Text(StorableText.Plain(by));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
