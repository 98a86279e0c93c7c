// The map.
export {
  geoAzimuthalEqualArea, geoPath, geoCircle, geoDistance, geoInterpolate, geoGraticule,
} from "d3-geo";
