using System.ComponentModel.DataAnnotations;
using Atlas.Models.Judges.Ensemble;
using Atlas.Models.Judges.Http;

namespace Atlas.Models.Judges;

/// <summary>Creates the judges that come with Atlas.</summary>
public static class JudgeFactory
{
    /// <summary>Creates a judge that takes three samples of a small model at different temperatures, and asks an arbiter if they differ or
    /// are unsure.</summary>
    /// <param name="small">The model that judges first.</param>
    /// <param name="arbiter">The model that decides.</param>
    /// <param name="options">Thresholds and limits; null for the defaults.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static IJudge Ensemble(JudgeModel small, JudgeModel arbiter, JudgeEnsembleOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(arbiter);
        return new JudgeEnsemble(small, arbiter, Valid(options ?? new()), time ?? TimeProvider.System);
    }

    /// <summary>Creates a judge that is called over HTTP.</summary>
    /// <param name="http">The client for the calls.</param>
    /// <param name="options">The options, including the address.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="ValidationException">An option is missing or out of range.</exception>
    public static IJudge Http(HttpClient http, HttpJudgeOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        return new HttpJudge(http, Valid(options), time ?? TimeProvider.System);
    }

    private static T Valid<T>(T options)
        where T : class
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }
}
