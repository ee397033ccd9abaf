namespace Peerstore.Scorecard.Plots;

/// <summary>The words of a chart.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="X">What is to the right.</param>
/// <param name="Y">What is upwards.</param>
internal sealed record PlotTitles(string Title, string X, string Y);
