namespace Peerstore.Scorecard.Plots;

/// <summary>A point of a line.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
internal readonly record struct PlotPoint(double X, double Y);
