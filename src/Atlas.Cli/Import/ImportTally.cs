using Atlas.Import;
using Atlas.Runtime.Importing;

namespace Atlas.Cli.Import;

/// <summary>Counts the results of an import while many sessions are written concurrently.</summary>
internal sealed class ImportTally
{
    private readonly Lock _gate = new();
    private readonly List<BadRecord> _bad = [];
    private double _rewards;
    private int _rewarded;
    private int _imported;
    private int _alreadyThere;
    private int _mended;
    private int _awaitApproval;
    private bool _learningIsOff;

    /// <summary>Counts a session that is stored.</summary>
    public void Add(RunOrError record, ImportOutcome outcome)
    {
        lock (_gate)
        {
            _rewards += record.Run?.Score ?? 0;
            _rewarded += record.Run?.Score is null ? 0 : 1;
            _imported += outcome.IsNew ? 1 : 0;
            _alreadyThere += outcome.IsNew ? 0 : 1;
            _mended += record.WasMended ? 1 : 0;
            _awaitApproval += outcome.AwaitsApproval ? 1 : 0;
            _learningIsOff |= outcome.LearningIsOff;
        }
    }

    public void AddBad(RunOrError record, string reason)
    {
        lock (_gate)
        {
            _bad.Add(new BadRecord(record.Index, reason, record.Line));
        }
    }

    public ImportCounts Counts()
    {
        lock (_gate)
        {
            return new ImportCounts
            {
                Imported = _imported,
                AlreadyThere = _alreadyThere,
                Bad = [.. _bad.OrderBy(record => record.Index)],
                MeanReward = _rewarded == 0 ? null : _rewards / _rewarded,
                Unscored = _imported + _alreadyThere - _rewarded,
                Mended = _mended,
                LearningIsOff = _learningIsOff,
                AwaitApproval = _awaitApproval,
            };
        }
    }
}
