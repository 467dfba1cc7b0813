using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Storage.Connection;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Forgetting;

/// <summary>Removes sessions from the database: records, journal, versions and state of a key in one transaction, so that a crash leaves
/// either all of it done or nothing.</summary>
public sealed class ForgettingStore(NpgsqlDataSource dataSource)
{
    private const string Rewrite = """
        UPDATE public.learning_journal j
           SET event = e.event, event_type = e.event ->> 'type', author = e.event ->> 'author', session_id = (e.event ->> 'session_id')::bigint
          FROM (SELECT e.event FROM unnest($2) AS e (event)) e
         WHERE j.learning_key = $1 AND j.sequence = (e.event ->> 'sequence')::bigint
        RETURNING j.sequence, encode(j.sha256, 'hex') AS sha256,
                  encode(orleans.event_sha256(j.event_type, j.session_id, j.author, j.occurred_at, j.event), 'hex') AS now
        """;

    // As the trigger made them, see sql/0016.
    private const string Versions = """
        UPDATE public.playbook_versions v
           SET reason = j.event ->> 'reason',
               session_ids = ARRAY(SELECT id::bigint FROM jsonb_array_elements_text(coalesce(j.event -> 'session_ids', '[]')) AS s (id)),
               student_text = j.event #>> '{playbook,student_text}', teacher_text = j.event #>> '{playbook,teacher_text}',
               student_sha256 = j.event ->> 'student_sha256', teacher_sha256 = j.event ->> 'teacher_sha256', content_sha256 = j.event ->> 'content_sha256',
               entries = coalesce(nullif(j.event #> '{playbook,entries}', 'null'), '[]'),
               metadata = coalesce(nullif(j.event #> '{playbook,metadata}', 'null'), '{}'), form = j.event #>> '{playbook,form}',
               student_preface = j.event #>> '{playbook,student_preface}', teacher_preface = j.event #>> '{playbook,teacher_preface}'
          FROM public.learning_journal j
         WHERE j.learning_key = $1 AND j.sequence = ANY ($2) AND j.event_type = 'playbook_changed'
           AND v.learning_key = $1 AND v.version = (j.event ->> 'version')::integer
        """;

    // A copy of the state that is being made was read before this, and would be stored after it; see orleans.stamp_learning_state.
    private const string HoldStamps = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1096040558))";

    private const string Unstamp = """
        WITH gone AS (DELETE FROM orleans.stamped_session WHERE learning_key = $1 RETURNING session_id)
        UPDATE public.sessions SET metadata = metadata - 'learning_state' WHERE id IN (SELECT session_id FROM gone) AND jsonb_typeof(metadata) = 'object'
        """;

    /// <summary>Returns the journal of a key, from its first event.</summary>
    public async Task<ImmutableArray<LearningKeyEvent>> ReadJournalAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("SELECT event FROM public.learning_journal WHERE learning_key = $1 ORDER BY sequence");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.CommandTimeout = 0;
        command.Parameters.Text(learningKey);
        return await command.ListAsync(row => row.Json<LearningKeyEvent>("event")!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets sessions of a key, and replaces its state.</summary>
    /// <returns>False if the stored state has another version than the write is based on; nothing is written then.</returns>
    public async Task<bool> ForgetAsync(KeyForgettingWrite write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var transactionDisposal = transaction.ConfigureAwait(false);

        using (var hold = Command(connection, HoldStamps))
        {
            hold.Parameters.Text(write.LearningKey);
            await hold.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var tombstones = await RewriteAsync(connection, write, cancellationToken).ConfigureAwait(false);
        using (var versions = Command(connection, Versions))
        {
            versions.Parameters.Text(write.LearningKey).Longs(write.Rewritten.Select(happened => happened.Sequence));
            await versions.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        // The trigger of the state appends its new events to the rewritten journal, and makes the new version.
        using (var state = Command(connection, """
            UPDATE orleans.grain_state SET payload = $3, version = version + 1, modified_at = now()
             WHERE grain_type = 'learning-key' AND key_text = $1 AND version = $2
            """))
        {
            state.Parameters.Text(write.LearningKey).Int(write.StateVersion).Json(StorableText.Json(write.StateJson(tombstones)));
            if (await state.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) != 1)
            {
                return false;
            }
        }

        using (var unstamp = Command(connection, Unstamp))
        {
            unstamp.Parameters.Text(write.LearningKey);
            await unstamp.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await ForgetRecordsAsync(connection, write.Receipt, subject: null, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Forgets sessions that no key has counted, and a text wherever it occurs outside sessions and journals.</summary>
    public async Task ForgetAsync(ForgettingReceipt receipt, ForgottenText? subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var transactionDisposal = transaction.ConfigureAwait(false);
        await ForgetRecordsAsync(connection, receipt, subject, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ImmutableArray<Tombstone>> RewriteAsync(NpgsqlConnection connection, KeyForgettingWrite write, CancellationToken cancellationToken)
    {
        using var rewrite = Command(connection, Rewrite);
        rewrite.Parameters.Text(write.LearningKey);
        rewrite.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            Value = write.Rewritten.Select(happened => StorableText.Json(JsonSerializer.Serialize(happened, AtlasJson.Options))).ToArray(),
        });
        var found = await rewrite.ListAsync(row => new Tombstone(row.Long("sequence"), row.RequiredText("sha256"), row.RequiredText("now")), cancellationToken).ConfigureAwait(false);
        return [.. found.OrderBy(tombstone => tombstone.Sequence)];
    }

    private static async Task ForgetRecordsAsync(NpgsqlConnection connection, ForgettingReceipt receipt, ForgottenText? subject, CancellationToken cancellationToken)
    {
        if (subject is not null)
        {
            using var forget = Command(connection, "SELECT public.forget_subject($1, $2, $3), public.forget_subject_beside($1, $2, $3)");
            forget.Parameters.Texts(SubjectPatterns.Of(subject.Text)).Text(subject.KeyPrefix).Text(subject.ExceptKeyPrefix);
            await forget.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        using var records = Command(connection, """
            INSERT INTO public.forgettings (learning_key, session_ids, author, reason, events, versions, withdrawn, lost_support, records)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, public.forget_sessions($2)
            """);
        records.Parameters.Text(receipt.LearningKey).Longs(receipt.Sessions).Text(StorableText.Plain(receipt.Author)).Text(StorableText.Plain(receipt.Reason))
            .Int(receipt.Events).Int(receipt.Versions).Texts(receipt.Withdrawn).Texts(receipt.LostSupport);
        await records.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 0 };
}
