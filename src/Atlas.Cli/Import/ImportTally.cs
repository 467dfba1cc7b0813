namespace Atlas.Cli.Import;

/// <summary>Counts what an import does, while many sessions are written at once.</summary>
internal sealed class ImportTally
{
    private readonly Lock _gate = new();
    private readonly List<BadRecord> _bad = [];
    private double _rewards;
    private int _imported;
    private int _alreadyThere;

    /// <summary>A session that is stored.</summary>
    /// <param name="reward">Its reward.</param>
    /// <param name="isNew">False if it had been completed by an earlier import.</param>
    public void Add(double reward, bool isNew)
    {
        lock (_gate)
        {
            _rewards += reward;
            _imported += isNew ? 1 : 0;
            _alreadyThere += isNew ? 0 : 1;
        }
    }

    public void AddBad(int index, string reason)
    {
        lock (_gate)
        {
            _bad.Add(new BadRecord(index, reason));
        }
    }

    public ImportCounts Counts()
    {
        lock (_gate)
        {
            var sessions = _imported + _alreadyThere;
            return new ImportCounts(
                _imported,
                _alreadyThere,
                [.. _bad.OrderBy(record => record.Index)],
                sessions == 0 ? null : _rewards / sessions);
        }
    }
}
