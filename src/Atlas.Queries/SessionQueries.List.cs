using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

public sealed partial class SessionQueries
{
    private const string Alert = """s.metadata @> '{"drift": {"alert": true}}'""";

    // What is out of line is little, and is looked for from its own side.
    private const string AlertOfAny = $"s.id = ANY (ARRAY(SELECT s.id FROM public.sessions s WHERE {Alert}))";

    /// <summary>Sessions that pass the filter, the newest first. For the next page pass the last number as
    /// <see cref="SessionFilter.BeforeId"/>.</summary>
    public async Task<ImmutableArray<SessionSummary>> ListAsync(SessionFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var command = dataSource.CreateCommand();
        await using var commandDisposal = command.ConfigureAwait(false);
        var list = new ListText(command.Parameters, filter);
        command.CommandText = list.Whole(filter.Limit);
        return await command.ListAsync(ReadSummary, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same among so many sessions at most, so that a filter that hardly any session passes takes no longer than another.</summary>
    /// <param name="filter">Which sessions.</param>
    /// <param name="most">So many sessions of the key and the days are looked at, from the newest on.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<SessionSearch> SearchAsync(SessionFilter filter, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var command = dataSource.CreateCommand();
        await using var commandDisposal = command.ConfigureAwait(false);
        var list = new ListText(command.Parameters, filter);
        command.CommandText = list.Among(most, filter.Limit);
        if (!list.Chooses)
        {
            return new SessionSearch(await command.ListAsync(ReadSummary, cancellationToken).ConfigureAwait(false), null);
        }

        var rows = await command.ListAsync(row => (Session: ReadSummary(row), Fits: row.Flag("fits"), IsLast: row.Flag("is_last")), cancellationToken).ConfigureAwait(false);
        ImmutableArray<SessionSummary> found = [.. rows.Where(row => row.Fits).Select(row => row.Session)];
        return new SessionSearch(found, found.Length < filter.Limit && rows is [.., (var last, _, true)] ? new SearchEnd(last.Id, last.CreatedAt) : null);
    }

    /// <summary>The words of a list. Only what was asked for is in them, so that what is left can be read off an index: <c>$1 IS NULL OR …</c>
    /// cannot where a statement was prepared.</summary>
    private sealed class ListText
    {
        private readonly NpgsqlParameterCollection _parameters;
        private readonly List<string> _place = [];
        private readonly List<string> _choice = [];
        private readonly string _order;

        public ListText(NpgsqlParameterCollection parameters, SessionFilter filter)
        {
            _parameters = parameters;

            // Of a key, the order begins with the key, and its bounds are not written as an equality: only an index of that order can then
            // serve it, however many sessions the key is believed to have. Otherwise those of all keys may be passed by their number or day.
            var key = filter.LearningKey is { } wanted ? Last(parameters.Text(wanted)) : null;
            if (filter.From is null && filter.Until is null)
            {
                _order = key is null ? "s.id DESC" : "s.stored_learning_key, s.id DESC";
                AddNumbers(key, filter);
            }
            else
            {
                _order = key is null ? "s.created_at DESC, s.id DESC" : "s.stored_learning_key DESC, s.created_at DESC, s.id DESC";
                AddDays(key, filter);
            }

            AddRest(filter);
            AddChoice(filter);
        }

        /// <summary>Whether some sessions of the place are not wanted.</summary>
        public bool Chooses => _choice.Count > 0;

        public string Whole(int limit) =>
            $"SELECT {Summary} FROM public.sessions s {Where([.. _place, .. _choice])} ORDER BY {_order} LIMIT {Last(_parameters.Int(Math.Max(0, limit)))}";

        /// <summary>The last session that is looked at comes along, whether it fits or not.</summary>
        public string Among(int most, int limit)
        {
            if (!Chooses)
            {
                return Whole(limit);
            }

            var (fits, end) = (string.Join(" AND ", _choice), Last(_parameters.Int(most)));
            return $"""
                SELECT {Summary}, coalesce({fits}, false) AS fits, s.nth = {end} AS is_last
                  FROM (SELECT s.*, row_number() OVER (ORDER BY {_order}) AS nth FROM public.sessions s {Where(_place)} ORDER BY {_order} LIMIT {end}) s
                 WHERE {fits} OR s.nth = {end} ORDER BY {_order} LIMIT {Last(_parameters.Int(Math.Max(0, limit)))}
                """;
        }

        private void AddNumbers(string? key, SessionFilter filter)
        {
            if (key is not null)
            {
                _place.Add($"s.stored_learning_key >= {key} AND s.stored_learning_key <= {key}");
            }

            if (filter.BeforeId is { } before)
            {
                _place.Add($"s.id < {Last(_parameters.Long(before))}");
            }

            if (filter.DriftAlert is true)
            {
                _place.Add(key is null ? AlertOfAny : Alert);
            }
        }

        private void AddDays(string? key, SessionFilter filter)
        {
            var (columns, values) = key is null ? ("s.created_at", "") : ("s.stored_learning_key, s.created_at", key + ", ");
            _place.Add(filter.From is { } from ? $"({columns}) >= ({values}{Last(_parameters.Time(from))})" : key is null ? "true" : $"s.stored_learning_key >= {key}");
            _place.Add(filter.Until is { } until ? $"({columns}) < ({values}{Last(_parameters.Time(until))})" : key is null ? "true" : $"s.stored_learning_key <= {key}");
            if (filter.BeforeId is { } before)
            {
                var at = Last(_parameters.Long(before));
                _place.Add($"({columns}, s.id) < ({values}coalesce((SELECT b.created_at FROM public.sessions b WHERE b.id = {at}), 'infinity'), {at})");
            }

            if (filter.DriftAlert is true)
            {
                _place.Add(AlertOfAny);
            }
        }

        private void AddRest(SessionFilter filter)
        {
            // What waits is little, and is looked for from its own side.
            if (filter.WaitsFor is { } wait)
            {
                _place.Add(wait is SessionWait.Judge
                    ? "s.id IN (SELECT session_id FROM public.session_judgings WHERE state = 'pending')"
                    : "s.id IN (SELECT session_id FROM public.learning_outbox)");
            }

            if (filter.KeyPrefix is { } prefix)
            {
                _place.Add($"starts_with(s.stored_learning_key, {Last(_parameters.Text(prefix))})");
            }

            if (filter.ExceptKeyPrefix is { } except)
            {
                _place.Add($"(s.stored_learning_key IS NULL OR NOT starts_with(s.stored_learning_key, {Last(_parameters.Text(except))}))");
            }
        }

        private void AddChoice(SessionFilter filter)
        {
            Choose(filter.Status?.ToWire(), at => $"s.status = {at}");
            Choose(filter.ReviewStatus?.ToWire(), at => $"s.review_status = {at}");

            // A tag may stand in a list or alone; unpacking a lone one as a list would fail the whole query.
            Choose(filter.Tag, at => $"""
                CASE jsonb_typeof(s.metadata -> 'tags') WHEN 'array' THEN s.metadata -> 'tags' ? {at} WHEN 'string' THEN s.metadata ->> 'tags' = {at} ELSE false END
                """);
            Choose(filter.Entry, at => $"s.given -> 'given' ? {at}");
            // What no session gets is recorded as withheld too, but nothing was drawn for it.
            Choose(filter.Withheld, at => $"s.given -> 'withheld' ? {at} AND NOT coalesce(s.assignment -> 'barred' ? {at}, false)");
            if (filter.PlaybookVersion is { } version)
            {
                _choice.Add($"coalesce(s.playbook_version, 0) = {Last(_parameters.Int(version))}");
            }

            if (filter.Experiment is { } experiment)
            {
                _choice.Add($"s.given -> 'arm' -> 'experiment' = to_jsonb({Last(_parameters.Int(experiment))})");
                if (filter.InNewArm is { } isNew)
                {
                    _choice.Add($"s.given -> 'arm' -> 'is_new' = to_jsonb({Last(_parameters.Bool(isNew))})");
                }
            }

            if (filter.DriftAlert is false)
            {
                _choice.Add("NOT coalesce(s.metadata #>> '{drift,alert}' = 'true', false)");
            }
        }

        private void Choose(string? value, Func<string, string> condition)
        {
            if (value is not null)
            {
                _choice.Add(condition(Last(_parameters.Text(value))));
            }
        }

        private static string Last(NpgsqlParameterCollection parameters) => string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");

        private static string Where(IReadOnlyCollection<string> conditions) => conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }
}
