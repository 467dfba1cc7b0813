using System.Collections.Frozen;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>English function words, which name nothing; a contrast in them would be meaningless.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> Words = """
        able about above after again all already also although always and another any anything are around because been before
        being below between both but can cannot could did does doing done down during each either else enough even ever every
        everything for from further get gets getting got had has have having her here hers him his how however into its itself
        just let like may maybe might more most much must myself neither never nor not nothing now off often once one ones only
        onto other others otherwise our ours out over own perhaps please quite rather really same she should since some
        something soon still such than thank thanks that the their theirs them then there these they thing things this those
        though three through thus too two under until upon use used using very was way well were what whatever when where
        whether which while who whom whose why will with within without would yes yet you your yours yourself
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
