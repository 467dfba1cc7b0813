using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Npgsql;

namespace Atlas.Http.Sessions;

/// <summary>Finds sessions by the ids of a provider's answers. A program that sees an answer much later, such as the judge of a chat, has
/// only its <c>chatcmpl-…</c>, <c>resp_…</c> or <c>msg_…</c>.</summary>
public sealed class ResponseIds(NpgsqlDataSource database)
{
    private const int MaxLength = 256;
    private const int MaxIds = 1000;
    private static readonly string[] KnownStarts = ["chatcmpl-", "resp_", "msg_"];

    /// <summary>Returns whether a text can be the id of an answer; a number is a session's.</summary>
    public static bool Fits(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '~')
        && !id.All(char.IsAsciiDigit);

    /// <summary>Returns the ids that a caller names and those that its events contain.</summary>
    /// <exception cref="ProblemException">A named text cannot be an id.</exception>
    public static ImmutableArray<string> Of(string[]? named, IEnumerable<JsonElement> events)
    {
        if (named is { Length: > MaxIds })
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"The member 'response_ids' can have at most {MaxIds} ids, not {named.Length}."));
        }

        foreach (var id in named ?? [])
        {
            if (id is null || !Fits(id))
            {
                throw Problem.InvalidRequest.With(
                    $"The member 'response_ids' must have ids such as 'chatcmpl-9f2c': up to {MaxLength} letters, digits and '-', '_', '.', ':', '~', and not only digits; not '{Door.Parameters.Short(id ?? "null")}'.");
            }
        }

        return [.. (named ?? []).Concat(events.SelectMany(Said)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Records which answers belong to a session; known ids change nothing.</summary>
    public async Task NoteAsync(Caller caller, long sessionId, ImmutableArray<string> ids)
    {
        if (ids.IsEmpty)
        {
            return;
        }

        var command = database.CreateCommand(
            "INSERT INTO public.session_responses (space, response_id, session_id) SELECT $1, id, $2 FROM unnest($3) AS t (id) ON CONFLICT DO NOTHING");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = caller.Space });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sessionId });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids] });
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Finds the sessions that an answer belongs to, the newest first. Naming an answer therefore cannot take it away from another
    /// session.</summary>
    public async Task<IReadOnlyList<long>> FindAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var command = database.CreateCommand(
            "SELECT session_id FROM public.session_responses WHERE space = $1 AND response_id = $2 ORDER BY session_id DESC LIMIT 100");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = caller.Space });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        var row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var rowDisposal = row.ConfigureAwait(false);
        var found = new List<long>();
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(row.GetInt64(0));
        }

        return found;
    }

    private static IEnumerable<string> Said(JsonElement recorded)
    {
        // A lone surrogate makes reading a text throw, and also looking for a member beside it.
        recorded = SafeJson.Whole(recorded);
        foreach (var name in (string[])["response_id", "id"])
        {
            if (recorded.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { } id
                && KnownStarts.Any(start => id.StartsWith(start, StringComparison.Ordinal)) && Fits(id))
            {
                yield return id;
            }
        }
    }
}
